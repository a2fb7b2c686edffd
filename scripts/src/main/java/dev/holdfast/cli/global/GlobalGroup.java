package dev.holdfast.cli.global;

import dev.holdfast.cli.CommandGroup;
import picocli.CommandLine.Command;

/** {@code holdfast global}. */
@Command(
    name = "global",
    description = "The global view of an aggregator: SKUs across all stores.",
    subcommands = {
      GlobalGetCommand.class,
      GlobalListCommand.class,
    },
    footer = {
      "",
      "Examples:",
      "  holdfast global get TEA-1 TEA-2",
      "  holdfast global list --all -o csv",
      "  holdfast global list --largest 5",
      "  holdfast global list --sold-out --store Oslo",
    })
public final class GlobalGroup extends CommandGroup {}
