package dev.holdfast.common.config;

import java.util.List;

/** Explains why a process cannot start with these settings: one printable line per problem. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String problem) {
    super(problem);
  }

  public ConfigException(String problem, Throwable cause) {
    super(problem, cause);
  }

  ConfigException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
