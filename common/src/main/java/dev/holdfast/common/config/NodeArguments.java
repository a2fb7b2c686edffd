package dev.holdfast.common.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The command line of a node.
 *
 * @param settings values of {@code --set}, by key
 */
public record NodeArguments(
    Optional<Path> configFile, Map<String, String> settings, boolean help, boolean version) {
  /** An empty command line. */
  public static final NodeArguments NONE =
      new NodeArguments(Optional.empty(), Map.of(), false, false);

  public NodeArguments {
    settings = Map.copyOf(settings);
  }

  /**
   * Reads a command line.
   *
   * @throws ConfigException if it is malformed
   */
  public static NodeArguments parse(String... arguments) {
    return NodeOptions.parse(arguments);
  }
}
