package dev.holdfast.cli.proto;

import dev.holdfast.cli.CommandGroup;
import dev.holdfast.cli.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code holdfast proto}. */
@Command(
    name = "proto",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "The contracts (.proto) that this build speaks.",
    footer = {"", "Examples:", "  holdfast proto export protos"})
public final class ProtoCommand extends CommandGroup {
  public static CommandLine commandLine(Session session) {
    return new CommandLine(new ProtoCommand()).addSubcommand(new ProtoExportCommand(session));
  }
}
