package dev.holdfast.cli;

import dev.holdfast.common.config.EditDistance;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Answers a malformed command line: one line names the mistake, one the way out. */
final class UsageErrors implements IParameterExceptionHandler {
  private static final int DISTANCE_MAX = 2;
  private static final int NEAREST_MAX = 3;

  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    PrintWriter err = wrong.getCommandLine().getErr();
    String name = wrong.getCommandLine().getCommandSpec().qualifiedName();
    err.println(name + ": " + what(wrong));
    err.println("see " + name + " --help");
    return ExitCode.USAGE;
  }

  private static String what(ParameterException wrong) {
    String message = String.valueOf(wrong.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    return wrong instanceof UnmatchedArgumentException unmatched
        ? message(unmatched, message)
        : message;
  }

  private static String message(UnmatchedArgumentException wrong, String message) {
    List<String> given = wrong.getUnmatched();
    Set<String> commands = wrong.getCommandLine().getSubcommands().keySet();
    if (given.isEmpty() || given.get(0).startsWith("-") || commands.isEmpty()) {
      return message + question(wrong.getSuggestions());
    }
    return "there is no command '" + given.get(0) + "'" + question(near(given.get(0), commands));
  }

  private static List<String> near(String given, Set<String> commands) {
    return commands.stream()
        .filter(name -> EditDistance.between(given, name) <= DISTANCE_MAX)
        .sorted(Comparator.comparingInt(name -> EditDistance.between(given, name)))
        .limit(NEAREST_MAX)
        .toList();
  }

  private static String question(List<String> nearest) {
    return nearest.isEmpty() ? "" : "; did you mean " + String.join(", ", nearest) + "?";
  }
}
