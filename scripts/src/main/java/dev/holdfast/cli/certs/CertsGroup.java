package dev.holdfast.cli.certs;

import dev.holdfast.cli.CommandGroup;
import picocli.CommandLine.Command;

/** {@code holdfast certs}. */
@Command(
    name = "certs",
    description = {
      "Makes certificates for nodes, people and programs, with an authority in a directory.",
      "Companies that have an authority of their own do not need it: see docs/OPERATIONS.md.",
    },
    subcommands = {
      InitCommand.class,
      IssueCommand.class,
      ShowCommand.class,
      RenewCommand.class,
      RevokeCommand.class,
    },
    footer = {
      "",
      "Examples:",
      "  holdfast certs init --cluster shop",
      "  holdfast certs issue node node-a --host node-a.shop.example,10.0.0.11",
      "  holdfast certs issue user alice",
      "  holdfast certs show",
    })
public final class CertsGroup extends CommandGroup {}
