package dev.holdfast.cli.sync;

import dev.holdfast.cli.CommandGroup;
import picocli.CommandLine.Command;

/** {@code holdfast sync}. */
@Command(
    name = "sync",
    description = "Controls how an aggregator follows the stores, and repairs its view.",
    subcommands = {
      SyncStatusCommand.class,
      SyncSwitchCommand.Start.class,
      SyncSwitchCommand.Stop.class,
      SyncNowCommand.class,
      SyncRebuildCommand.class,
      SyncViolationsCommand.class,
    },
    footer = {
      "",
      "Examples:",
      "  holdfast sync status",
      "  holdfast sync now",
      "  holdfast sync rebuild 1",
      "  holdfast sync violations -o json",
    })
public final class SyncGroup extends CommandGroup {}
