package dev.holdfast.cli.stock;

import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for the expected version of an item. */
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
