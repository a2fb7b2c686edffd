package dev.holdfast.cli.transfer;

import dev.holdfast.cli.CommandGroup;
import picocli.CommandLine.Command;

/** {@code holdfast transfer}. */
@Command(
    name = "transfer",
    description = "Transfers of units from one store to another.",
    subcommands = {
      TransferShipCommand.class,
      TransferReceiveCommand.class,
      TransferCancelCommand.class,
      TransferGetCommand.class,
      TransferListCommand.class,
    },
    footer = {
      "",
      "Examples:",
      "  holdfast transfer ship Oslo Bergen TEA-1=10 --id t-17",
      "  holdfast transfer receive Oslo t-17",
      "  holdfast transfer list --to Bergen",
    })
public final class TransferGroup extends CommandGroup {}
