package dev.holdfast.cli.cluster;

import dev.holdfast.cli.CommandGroup;
import picocli.CommandLine.Command;

/** {@code holdfast cluster}. */
@Command(
    name = "cluster",
    description = "Commands on the cluster.",
    subcommands = {
      ClusterStatusCommand.class,
    },
    footer = {"", "Examples:", "  holdfast cluster status", "  holdfast cluster status -o json"})
public final class ClusterGroup extends CommandGroup {}
