package dev.holdfast.cli.reservation;

import dev.holdfast.cli.CommandGroup;
import dev.holdfast.cli.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code holdfast reservation}. */
@Command(
    name = "reservation",
    mixinStandardHelpOptions = true,
    description = "Reads reservations.",
    footer = {
      "",
      "Examples:",
      "  holdfast reservation list Oslo",
      "  holdfast reservation get Oslo order-17",
    })
public final class ReservationCommand extends CommandGroup {
  private ReservationCommand() {}

  public static CommandLine commandLine(Session session) {
    return new CommandLine(new ReservationCommand())
        .addSubcommand(new ReservationGetCommand(session))
        .addSubcommand(new ReservationListCommand(session));
  }
}
