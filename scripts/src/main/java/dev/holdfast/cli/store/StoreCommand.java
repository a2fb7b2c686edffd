package dev.holdfast.cli.store;

import dev.holdfast.cli.CommandGroup;
import dev.holdfast.cli.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code holdfast store}. */
@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    description = "Commands on whole stores.",
    footer = {
      "",
      "Examples:",
      "  holdfast store list",
      "  holdfast store freeze Oslo --reference stock-take-2026",
      "  holdfast store unfreeze Oslo",
    })
public final class StoreCommand extends CommandGroup {
  private StoreCommand() {}

  public static CommandLine commandLine(Session session) {
    return new CommandLine(new StoreCommand())
        .addSubcommand(new StoreListCommand(session))
        .addSubcommand(new StoreGetCommand(session))
        .addSubcommand(new StoreFreezeCommand(session))
        .addSubcommand(new StoreUnfreezeCommand(session));
  }
}
