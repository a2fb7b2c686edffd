package dev.holdfast.common.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command line of a node for picocli. */
@Command
final class NodeOptions {
  @Option(names = "--config")
  private @Nullable Path configFile;

  @Option(names = "--set")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = {"-h", "--help"})
  private boolean help;

  @Option(names = {"-V", "--version"})
  private boolean version;

  static NodeArguments parse(String... arguments) {
    NodeOptions options = new NodeOptions();
    try {
      new CommandLine(options).parseArgs(arguments);
    } catch (ParameterException e) {
      throw new ConfigException(e.getMessage() + "; see --help", e);
    }
    return options.toArguments();
  }

  private NodeArguments toArguments() {
    return new NodeArguments(Optional.ofNullable(configFile), settings, help, version);
  }
}
