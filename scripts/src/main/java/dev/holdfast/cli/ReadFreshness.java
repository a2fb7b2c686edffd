package dev.holdfast.cli;

import dev.holdfast.proto.inventory.v1.ReadOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How fresh a read must be. */
public final class ReadFreshness {
  @Option(
      names = "--max-staleness",
      paramLabel = "MILLIS",
      description = "accept an answer that is so old at most, from any replica (default: none is)")
  private @Nullable Long maxStalenessMillis;

  public ReadOptions options() {
    return maxStalenessMillis == null
        ? ReadOptions.getDefaultInstance()
        : ReadOptions.newBuilder().setMaxStalenessMillis(maxStalenessMillis).build();
  }
}
