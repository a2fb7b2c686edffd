package dev.holdfast.cli.transfer;

import dev.holdfast.cli.CommandGroup;
import dev.holdfast.cli.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code holdfast transfer}. */
@Command(
    name = "transfer",
    mixinStandardHelpOptions = true,
    description = "Transfers of units from one store to another.",
    footer = {
      "",
      "Examples:",
      "  holdfast transfer ship Oslo Bergen TEA-1=10 --id t-17",
      "  holdfast transfer receive Oslo t-17",
      "  holdfast transfer list --to Bergen",
    })
public final class TransferGroup extends CommandGroup {
  private TransferGroup() {}

  public static CommandLine commandLine(Session session) {
    return new CommandLine(new TransferGroup())
        .addSubcommand(new TransferShipCommand(session))
        .addSubcommand(new TransferReceiveCommand(session))
        .addSubcommand(new TransferCancelCommand(session))
        .addSubcommand(new TransferGetCommand(session))
        .addSubcommand(new TransferListCommand(session));
  }
}
