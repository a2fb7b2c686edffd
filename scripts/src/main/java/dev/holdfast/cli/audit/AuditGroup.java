package dev.holdfast.cli.audit;

import dev.holdfast.cli.CommandGroup;
import picocli.CommandLine.Command;

/** {@code holdfast audit}. */
@Command(
    name = "audit",
    description = {
      "Reads the audit stream of a node from its files: who was refused, what administrators did,"
          + " what was",
      "exported. Changes of stock are in the log: see holdfast history."
    },
    subcommands = {AuditShowCommand.class, AuditVerifyCommand.class},
    footer = {
      "",
      "Examples:",
      "  holdfast audit show /var/lib/holdfast/node-a --since 2026-01-31",
      "  holdfast audit verify /var/lib/holdfast/node-a",
    })
public final class AuditGroup extends CommandGroup {}
