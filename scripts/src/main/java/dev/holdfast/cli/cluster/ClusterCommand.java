package dev.holdfast.cli.cluster;

import dev.holdfast.cli.CommandGroup;
import dev.holdfast.cli.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code holdfast cluster}. */
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    description = "Commands on the cluster.",
    footer = {"", "Examples:", "  holdfast cluster status", "  holdfast cluster status -o json"})
public final class ClusterCommand extends CommandGroup {
  private ClusterCommand() {}

  public static CommandLine commandLine(Session session) {
    return new CommandLine(new ClusterCommand()).addSubcommand(new ClusterStatusCommand(session));
  }
}
