package dev.holdfast.cli.store;

import dev.holdfast.cli.CommandGroup;
import picocli.CommandLine.Command;

/** {@code holdfast store}. */
@Command(
    name = "store",
    description = "Commands on whole stores.",
    subcommands = {
      StoreListCommand.class,
      StoreGetCommand.class,
      StoreFrozenCommand.Freeze.class,
      StoreFrozenCommand.Unfreeze.class,
    },
    footer = {
      "",
      "Examples:",
      "  holdfast store list",
      "  holdfast store freeze Oslo --reference stock-take-2026",
      "  holdfast store unfreeze Oslo",
    })
public final class StoreGroup extends CommandGroup {}
