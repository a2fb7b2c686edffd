package dev.holdfast.cli.deadletter;

import dev.holdfast.cli.CommandGroup;
import dev.holdfast.cli.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code holdfast dlq}. */
@Command(
    name = "dlq",
    mixinStandardHelpOptions = true,
    description = "The dead letter queue: changes that an aggregator could not apply to its view.",
    footer = {
      "",
      "Examples:",
      "  holdfast dlq list",
      "  holdfast dlq show 0-4711-berlin-TEA-1",
      "  holdfast dlq retry --all",
    })
public final class DeadLetterCommand extends CommandGroup {
  private DeadLetterCommand() {}

  public static CommandLine commandLine(Session session) {
    return new CommandLine(new DeadLetterCommand())
        .addSubcommand(new DeadLetterListCommand(session))
        .addSubcommand(new DeadLetterShowCommand(session))
        .addSubcommand(new DeadLetterRetryCommand(session))
        .addSubcommand(new DeadLetterDiscardCommand(session));
  }
}
