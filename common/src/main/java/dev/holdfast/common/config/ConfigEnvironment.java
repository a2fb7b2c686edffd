package dev.holdfast.common.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads HOLDFAST_ variables. A variable that names no key would be an unnoticed mistake, so it
 * stops the start, except for those that other parts of Holdfast read.
 */
final class ConfigEnvironment {
  private static final String PREFIX = "HOLDFAST_";
  private static final String LOGGING = "HOLDFAST_LOG_";
  private static final Set<String> TOOLS =
      Set.of(
          "HOLDFAST_BEARER_TOKEN",
          "HOLDFAST_BEARER_TOKEN_FILE",
          "HOLDFAST_CERTS",
          "HOLDFAST_ENDPOINT",
          "HOLDFAST_ENDPOINTS",
          "HOLDFAST_AGGREGATOR",
          "HOLDFAST_CLUSTER_DIR",
          "HOLDFAST_DATA",
          "HOLDFAST_INSECURE",
          "HOLDFAST_JAVA_OPTS",
          "HOLDFAST_STATE_DIR",
          "HOLDFAST_TOKEN");

  /**
   * The variables that Kubernetes sets in every container for each Service called {@code holdfast}
   * or {@code holdfast-...}.
   */
  private static final Pattern SERVICE =
      Pattern.compile(
          "HOLDFAST(_.+)?(_SERVICE_HOST|_SERVICE_PORT(_.+)?"
              + "|_PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

  /**
   * The value of HOLDFAST_HTTP_PORT, and the like, if Kubernetes sets it for a Service called
   * {@code holdfast-http}.
   */
  private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

  private ConfigEnvironment() {}

  static ConfigLayer read(
      Map<String, String> environment, ConfigCatalog catalog, ConfigProblems problems) {
    Map<String, String> values = new TreeMap<>();
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      if (isOurs(variable.getKey()) && !isOfKubernetes(variable)) {
        put(variable, values, catalog, problems);
      }
    }
    return ConfigLayer.ofEnvironment(values);
  }

  private static boolean isOurs(String name) {
    return name.startsWith(PREFIX) && !name.startsWith(LOGGING) && !TOOLS.contains(name);
  }

  private static boolean isOfKubernetes(Map.Entry<String, String> variable) {
    String name = variable.getKey();
    return SERVICE.matcher(name).matches()
        || (name.endsWith("_PORT") && SERVICE_ADDRESS.matcher(variable.getValue()).matches());
  }

  private static void put(
      Map.Entry<String, String> variable,
      Map<String, String> values,
      ConfigCatalog catalog,
      ConfigProblems problems) {
    String name = variable.getKey();
    Optional<ConfigKey> key = catalog.find(ConfigKey::environmentName, name);
    if (key.isPresent()) {
      values.put(key.get().name(), variable.getValue());
    } else {
      String nearest = catalog.nearest(ConfigKey::environmentName, name).environmentName();
      problems.add(
          "environment variable %s is not known; did you mean %s?".formatted(name, nearest));
    }
  }
}
