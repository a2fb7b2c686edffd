package dev.holdfast.cli.proto;

import dev.holdfast.cli.CommandGroup;
import picocli.CommandLine.Command;

/** {@code holdfast proto}. */
@Command(
    name = "proto",
    description = "The gRPC contracts, for generating clients.",
    subcommands = {
      ProtoExportCommand.class,
    },
    footer = {"", "Example:", "  holdfast proto export protos"})
public final class ProtoGroup extends CommandGroup {}
