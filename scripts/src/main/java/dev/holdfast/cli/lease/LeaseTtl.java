package dev.holdfast.cli.lease;

import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for the duration of a lease. */
final class LeaseTtl {
  @Option(
      names = "--ttl",
      paramLabel = "MILLIS",
      description = "duration (default: set by the node)")
  private @Nullable Long millis;

  void ifGiven(LongConsumer action) {
    if (millis != null) {
      action.accept(millis);
    }
  }
}
