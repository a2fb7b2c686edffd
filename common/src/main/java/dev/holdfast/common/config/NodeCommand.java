package dev.holdfast.common.config;

import java.io.PrintStream;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs the command line of a node: help, version, or load the settings and start. Problems of the
 * settings go to standard error without a stack trace.
 *
 * @param <T> the settings
 */
public final class NodeCommand<T> {
  /** Exit code after a start, and of --help and --version. */
  public static final int OK = 0;

  /** Exit code when the settings are invalid. */
  public static final int MISCONFIGURED = 2;

  private final Class<?> mainClass;
  private final ConfigLoader<T> loader;
  private final PrintStream out;
  private final PrintStream err;

  public NodeCommand(Class<?> mainClass, ConfigLoader<T> loader, PrintStream out, PrintStream err) {
    this.mainClass = mainClass;
    this.loader = loader;
    this.out = out;
    this.err = err;
  }

  /** Runs on the calling thread and returns the exit code. */
  public int run(String[] commandLine, Map<String, String> environment, Consumer<T> start) {
    try {
      NodeArguments arguments = NodeArguments.parse(commandLine);
      if (arguments.help()) {
        out.print(usage());
      } else if (arguments.version()) {
        out.println(version(mainClass));
      } else {
        start.accept(loader.load(arguments, environment));
      }
      return OK;
    } catch (ConfigException e) {
      err.println(e.getMessage());
      return MISCONFIGURED;
    }
  }

  /** The version of the jar of a class. */
  public static String version(Class<?> mainClass) {
    String version = mainClass.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private String usage() {
    return """
        %s [--config FILE] [--set KEY=VALUE]... [--help] [--version]

        FILE is .yaml, .yml or .properties. A key can also come from the environment, in capitals
        with '_' for every other character: HOLDFAST_NODE_ID. --set beats the environment, which
        beats the file, which beats the default.

        """
            .formatted(mainClass.getSimpleName())
        + loader.help();
  }
}
