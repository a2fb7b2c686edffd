package dev.holdfast.cli.stock;

import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** At which version an item must be for a change of it. */
final class ExpectedVersion {
  @Option(
      names = "--expected-version",
      paramLabel = "VERSION",
      description = "refuse unless the item is at this version")
  private @Nullable Long version;

  void ifGiven(LongConsumer action) {
    if (version != null) {
      action.accept(version);
    }
  }
}
