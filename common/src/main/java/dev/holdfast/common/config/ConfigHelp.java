package dev.holdfast.common.config;

/**
 * Lists the keys for {@code --help}: a line with key, type and default, a line with the meaning.
 */
final class ConfigHelp {
  private ConfigHelp() {}

  static String of(ConfigCatalog catalog) {
    StringBuilder text = new StringBuilder();
    for (ConfigKey key : catalog.keys()) {
      text.append("  ").append(key.name()).append("  ").append(facts(key)).append('\n');
      text.append("      ").append(key.doc()).append('\n');
    }
    return text.toString();
  }

  private static String facts(ConfigKey key) {
    String range = key.range() == null ? "" : ", " + key.range().min() + " to " + key.range().max();
    return "(" + key.typeName() + range + ", " + defaultOf(key) + ")";
  }

  private static String defaultOf(ConfigKey key) {
    String text = key.defaultText();
    if (text == null) {
      return "required";
    }
    return text.isEmpty() ? "default empty" : "default " + text;
  }
}
