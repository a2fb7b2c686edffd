package dev.holdfast.cli;

import java.util.List;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs a command, or prints its help. */
final class Execution implements IExecutionStrategy {
  private final IExecutionStrategy command = new RunLast();

  @Override
  public int execute(ParseResult parsed) {
    refuseHelpOfNothing(parsed);
    try {
      return command.execute(parsed);
    } catch (LostOutputException e) { // by help
      return ExitCode.SOFTWARE;
    }
  }

  /**
   * Refuses the help of a command that does not exist; the help of its group would hide the
   * mistake.
   */
  private static void refuseHelpOfNothing(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    List<String> unknown = last.unmatched();
    if (!unknown.isEmpty() && !last.commandSpec().subcommands().isEmpty()) {
      throw new UnmatchedArgumentException(last.commandSpec().commandLine(), unknown);
    }
  }
}
