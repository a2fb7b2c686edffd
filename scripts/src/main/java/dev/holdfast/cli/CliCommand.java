package dev.holdfast.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command. It prints to the outputs of the whole command line. */
@Command(mixinStandardHelpOptions = true)
public abstract class CliCommand {
  @Spec private CommandSpec spec = CommandSpec.create(); // set when the command line is built

  protected final CommandSpec spec() {
    return spec;
  }

  protected final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  protected final PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
