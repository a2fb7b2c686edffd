package dev.holdfast.cli.lease;

import dev.holdfast.cli.CommandGroup;
import dev.holdfast.cli.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code holdfast lease}. */
@Command(
    name = "lease",
    mixinStandardHelpOptions = true,
    description = "Leases: temporary exclusive rights to change an item.",
    footer = {
      "",
      "Examples:",
      "  holdfast lease acquire Oslo TEA-1 till-4 --ttl 30000",
      "  holdfast lease get Oslo TEA-1",
    })
public final class LeaseCommand extends CommandGroup {
  private LeaseCommand() {}

  public static CommandLine commandLine(Session session) {
    return new CommandLine(new LeaseCommand())
        .addSubcommand(new LeaseAcquireCommand(session))
        .addSubcommand(new LeaseRenewCommand(session))
        .addSubcommand(new LeaseReleaseCommand(session))
        .addSubcommand(new LeaseGetCommand(session))
        .addSubcommand(new LeaseHoldCommand(session));
  }
}
