package dev.holdfast.cli.stock;

import dev.holdfast.cli.CommandGroup;
import picocli.CommandLine.Command;

/** {@code holdfast stock}. */
@Command(
    name = "stock",
    description = "Commands on the stock of individual stores.",
    subcommands = {
      StockGetCommand.class,
      StockAdjustCommand.class,
      StockCreateCommand.class,
      StockListCommand.class,
      StockCountCommand.class,
      StockSafetyCommand.class,
      StockFrozenCommand.Freeze.class,
      StockFrozenCommand.Unfreeze.class,
      StockDeleteCommand.class,
    },
    footer = {
      "",
      "Examples:",
      "  holdfast stock create Oslo TEA-1 --quantity 40",
      "  holdfast stock get Oslo TEA-1",
      "  holdfast stock list --all -o csv",
    })
public final class StockGroup extends CommandGroup {}
