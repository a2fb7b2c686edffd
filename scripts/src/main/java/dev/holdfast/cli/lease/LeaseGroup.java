package dev.holdfast.cli.lease;

import dev.holdfast.cli.CommandGroup;
import picocli.CommandLine.Command;

/** {@code holdfast lease}. */
@Command(
    name = "lease",
    description = "Leases: temporary exclusive rights to change an item.",
    subcommands = {
      LeaseAcquireCommand.class,
      LeaseRenewCommand.class,
      LeaseReleaseCommand.class,
      LeaseGetCommand.class,
      LeaseHoldCommand.class,
    },
    footer = {
      "",
      "Examples:",
      "  holdfast lease acquire Oslo TEA-1 till-4 --ttl 30000",
      "  holdfast lease get Oslo TEA-1",
    })
public final class LeaseGroup extends CommandGroup {}
