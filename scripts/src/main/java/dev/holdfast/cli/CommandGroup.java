package dev.holdfast.cli;

import picocli.CommandLine.ParameterException;

/** A command that only works through its subcommands. */
public abstract class CommandGroup extends CliCommand implements Runnable {
  @Override
  public final void run() {
    String names = String.join(", ", spec().subcommands().keySet());
    throw new ParameterException(spec().commandLine(), "needs one of its commands: " + names);
  }
}
