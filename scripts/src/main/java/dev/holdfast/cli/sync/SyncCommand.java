package dev.holdfast.cli.sync;

import dev.holdfast.cli.CommandGroup;
import dev.holdfast.cli.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code holdfast sync}. */
@Command(
    name = "sync",
    mixinStandardHelpOptions = true,
    description = "Controls how an aggregator follows the stores, and repairs its view.",
    footer = {
      "",
      "Examples:",
      "  holdfast sync status",
      "  holdfast sync now",
      "  holdfast sync rebuild 1",
      "  holdfast sync violations -o json",
    })
public final class SyncCommand extends CommandGroup {
  private SyncCommand() {}

  public static CommandLine commandLine(Session session) {
    return new CommandLine(new SyncCommand())
        .addSubcommand(new SyncStatusCommand(session))
        .addSubcommand(new SyncStartCommand(session))
        .addSubcommand(new SyncStopCommand(session))
        .addSubcommand(new SyncNowCommand(session))
        .addSubcommand(new SyncRebuildCommand(session))
        .addSubcommand(new SyncViolationsCommand(session));
  }
}
