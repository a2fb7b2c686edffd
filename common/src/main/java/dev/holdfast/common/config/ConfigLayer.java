package dev.holdfast.common.config;

import io.smallrye.config.common.MapBackedConfigSource;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Values from one source.
 *
 * @param origin the name of the source in messages
 * @param ordinal priority; the layer with the higher one wins
 */
record ConfigLayer(String origin, int ordinal, Map<String, String> values) {
  private static final int FILE = 200;
  private static final int ENVIRONMENT = 300;
  private static final int COMMAND_LINE = 400;
  private static final String LIST_ELEMENT = "\\[\\d+]$";

  static ConfigLayer ofFile(String origin, Map<String, String> raw) {
    return new ConfigLayer(origin, FILE, plainNames(raw));
  }

  static ConfigLayer ofEnvironment(Map<String, String> values) {
    return new ConfigLayer("the environment", ENVIRONMENT, values);
  }

  static ConfigLayer ofCommandLine(Map<String, String> values) {
    return new ConfigLayer("--set", COMMAND_LINE, values);
  }

  ConfigSource toSource() {
    return new MapBackedConfigSource(origin, values, ordinal) {
      private static final long serialVersionUID = 1L;
    };
  }

  /**
   * Undoes two habits of the YAML reader: it quotes keys with dots, and adds the elements of a list
   * to the whole list.
   */
  private static Map<String, String> plainNames(Map<String, String> raw) {
    Map<String, String> plain = new TreeMap<>();
    raw.forEach(
        (name, value) -> {
          String whole = name.replaceAll(LIST_ELEMENT, "");
          if (whole.equals(name) || !raw.containsKey(whole)) {
            plain.put(name.replace("\"", ""), value);
          }
        });
    return plain;
  }
}
