package dev.holdfast.cli.stock;

import dev.holdfast.cli.CommandGroup;
import dev.holdfast.cli.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code holdfast stock}. */
@Command(
    name = "stock",
    mixinStandardHelpOptions = true,
    description = "Commands on the stock of individual stores.",
    footer = {
      "",
      "Examples:",
      "  holdfast stock create Oslo TEA-1 --quantity 40",
      "  holdfast stock get Oslo TEA-1",
      "  holdfast stock list --all -o csv",
    })
public final class StockCommand extends CommandGroup {
  private StockCommand() {}

  public static CommandLine commandLine(Session session) {
    CommandLine adjust = new CommandLine(new StockAdjustCommand(session));
    adjust.setUnmatchedOptionsArePositionalParams(true); // a delta may be -2
    return new CommandLine(new StockCommand())
        .addSubcommand(new StockGetCommand(session))
        .addSubcommand(adjust)
        .addSubcommand(new StockCreateCommand(session))
        .addSubcommand(new StockListCommand(session))
        .addSubcommand(new StockCountCommand(session))
        .addSubcommand(new StockSafetyCommand(session))
        .addSubcommand(new StockFreezeCommand(session))
        .addSubcommand(new StockUnfreezeCommand(session))
        .addSubcommand(new StockDeleteCommand(session));
  }
}
