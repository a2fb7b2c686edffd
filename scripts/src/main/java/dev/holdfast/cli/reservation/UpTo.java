package dev.holdfast.cli.reservation;

import dev.holdfast.proto.inventory.v1.ReserveMode;
import picocli.CommandLine.Option;

/** The option to reserve less than requested. */
final class UpTo {
  @Option(
      names = "--up-to",
      description = "reserve the available units of each line; shortfalls go to standard error")
  private boolean given;

  ReserveMode mode() {
    return given ? ReserveMode.RESERVE_MODE_UP_TO : ReserveMode.RESERVE_MODE_ALL_OR_NOTHING;
  }
}
