package dev.holdfast.cli.proto;

import dev.holdfast.cli.CommandGroup;
import dev.holdfast.cli.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code holdfast proto}. */
@Command(
    name = "proto",
    mixinStandardHelpOptions = true,
    description = "The gRPC contracts, for generating clients.",
    footer = {"", "Example:", "  holdfast proto export protos"})
public final class ProtoCommand extends CommandGroup {
  private ProtoCommand() {}

  public static CommandLine commandLine(Session session) {
    return new CommandLine(new ProtoCommand()).addSubcommand(new ProtoExportCommand(session));
  }
}
