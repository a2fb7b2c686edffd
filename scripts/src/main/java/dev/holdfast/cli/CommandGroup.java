package dev.holdfast.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only works through its subcommands. */
public abstract class CommandGroup implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public final void run() {
    if (spec != null) {
      String names = String.join(", ", spec.subcommands().keySet());
      throw new ParameterException(spec.commandLine(), "needs one of its commands: " + names);
    }
  }
}
