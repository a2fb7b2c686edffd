package dev.holdfast.cli.deadletter;

import dev.holdfast.cli.CommandGroup;
import picocli.CommandLine.Command;

/** {@code holdfast dlq}. */
@Command(
    name = "dlq",
    description = "The dead letter queue: changes that an aggregator could not apply to its view.",
    subcommands = {
      DeadLetterListCommand.class,
      DeadLetterShowCommand.class,
      DeadLetterRetryCommand.class,
      DeadLetterDiscardCommand.class,
    },
    footer = {
      "",
      "Examples:",
      "  holdfast dlq list",
      "  holdfast dlq show 0-4711-berlin-TEA-1",
      "  holdfast dlq retry --all",
    })
public final class DeadLetterGroup extends CommandGroup {}
