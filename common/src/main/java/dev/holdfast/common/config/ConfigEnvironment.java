package dev.holdfast.common.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads HOLDFAST_ variables. One that names no key is a mistake that would go unnoticed, so it
 * stops the start; the exceptions are those that other parts of Holdfast read.
 */
final class ConfigEnvironment {
  private static final String PREFIX = "HOLDFAST_";
  private static final String LOGGING = "HOLDFAST_LOG_";
  private static final Set<String> COMMAND_LINE_TOOL =
      Set.of("HOLDFAST_ENDPOINT", "HOLDFAST_ENDPOINTS", "HOLDFAST_AGGREGATOR");

  private ConfigEnvironment() {}

  static ConfigLayer read(
      Map<String, String> environment, ConfigCatalog catalog, ConfigProblems problems) {
    Map<String, String> values = new TreeMap<>();
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      if (isOurs(variable.getKey())) {
        put(variable, values, catalog, problems);
      }
    }
    return ConfigLayer.ofEnvironment(values);
  }

  private static boolean isOurs(String name) {
    return name.startsWith(PREFIX)
        && !name.startsWith(LOGGING)
        && !COMMAND_LINE_TOOL.contains(name);
  }

  private static void put(
      Map.Entry<String, String> variable,
      Map<String, String> values,
      ConfigCatalog catalog,
      ConfigProblems problems) {
    String name = variable.getKey();
    Optional<ConfigKey> key = catalog.findByEnvironmentName(name);
    if (key.isPresent()) {
      values.put(key.get().name(), variable.getValue());
    } else {
      String nearest = catalog.nearestByEnvironmentName(name).environmentName();
      problems.add(
          "environment variable %s is not known; did you mean %s?".formatted(name, nearest));
    }
  }
}
