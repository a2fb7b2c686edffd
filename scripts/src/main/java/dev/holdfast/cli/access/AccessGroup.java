package dev.holdfast.cli.access;

import dev.holdfast.cli.CommandGroup;
import picocli.CommandLine.Command;

/** {@code holdfast access}. */
@Command(
    name = "access",
    description = "Who may do what.",
    subcommands = {
      AccessTestCommand.class,
    },
    footer = {
      "",
      "Examples:",
      "  holdfast access test user/alice AdjustStock Oslo",
      "  holdfast whoami",
    })
public final class AccessGroup extends CommandGroup {}
