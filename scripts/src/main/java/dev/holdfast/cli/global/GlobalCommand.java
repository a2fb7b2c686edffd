package dev.holdfast.cli.global;

import dev.holdfast.cli.CommandGroup;
import dev.holdfast.cli.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code holdfast global}. */
@Command(
    name = "global",
    mixinStandardHelpOptions = true,
    description = "The global view of an aggregator: SKUs across all stores.",
    footer = {
      "",
      "Examples:",
      "  holdfast global get TEA-1 TEA-2",
      "  holdfast global list --all -o csv",
      "  holdfast global list --largest 5",
      "  holdfast global list --sold-out --store Oslo",
    })
public final class GlobalCommand extends CommandGroup {
  private GlobalCommand() {}

  public static CommandLine commandLine(Session session) {
    return new CommandLine(new GlobalCommand())
        .addSubcommand(new GlobalGetCommand(session))
        .addSubcommand(new GlobalListCommand(session));
  }
}
