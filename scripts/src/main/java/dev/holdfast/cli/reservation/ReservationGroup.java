package dev.holdfast.cli.reservation;

import dev.holdfast.cli.CommandGroup;
import picocli.CommandLine.Command;

/** {@code holdfast reservation}. */
@Command(
    name = "reservation",
    description = "Reads reservations.",
    subcommands = {
      ReservationGetCommand.class,
      ReservationListCommand.class,
    },
    footer = {
      "",
      "Examples:",
      "  holdfast reservation list Oslo",
      "  holdfast reservation get Oslo order-17",
    })
public final class ReservationGroup extends CommandGroup {}
