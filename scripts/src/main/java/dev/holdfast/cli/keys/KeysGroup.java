package dev.holdfast.cli.keys;

import dev.holdfast.cli.CommandGroup;
import picocli.CommandLine.Command;

/** {@code holdfast keys}. */
@Command(
    name = "keys",
    description = {
      "Master keys of the encryption at rest, in one file that all nodes of a cluster share. Keep a copy in a safe place:",
      "without it, nobody can read what is encrypted.",
    },
    subcommands = {
      KeysInitCommand.class,
      KeysRotateCommand.class,
      KeysShowCommand.class,
    },
    footer = {"", "Example:", "  holdfast keys init keyset.json"})
public final class KeysGroup extends CommandGroup {}
