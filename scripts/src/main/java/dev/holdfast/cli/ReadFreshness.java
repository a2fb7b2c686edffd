package dev.holdfast.cli;

import dev.holdfast.proto.inventory.v1.ReadOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The required freshness of a read. */
public final class ReadFreshness {
  @Option(
      names = "--max-staleness",
      paramLabel = "MILLIS",
      description = "accept an answer up to this age, from any replica (default: linearizable)")
  private @Nullable Long maxStalenessMillis;

  public ReadOptions options() {
    return maxStalenessMillis == null
        ? ReadOptions.getDefaultInstance()
        : ReadOptions.newBuilder().setMaxStalenessMillis(maxStalenessMillis).build();
  }
}
