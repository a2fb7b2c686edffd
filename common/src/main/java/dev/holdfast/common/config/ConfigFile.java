package dev.holdfast.common.config;

import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads a configuration file: YAML by its ending .yaml or .yml, else .properties. */
final class ConfigFile {
  private ConfigFile() {}

  static ConfigLayer read(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return ConfigLayer.ofFile(file.toString(), parse(file, text));
    } catch (NoSuchFileException e) {
      throw new ConfigException("there is no configuration file " + file + "; see --config", e);
    } catch (IOException e) {
      throw new ConfigException("the configuration file " + file + " cannot be read: " + e, e);
    }
  }

  private static Map<String, String> parse(Path file, String text) throws IOException {
    String name = file.toString();
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      return yaml(file, text);
    }
    if (name.endsWith(".properties")) {
      return properties(text);
    }
    throw new ConfigException(
        "the configuration file " + file + " must end in .yaml, .yml or .properties");
  }

  private static Map<String, String> yaml(Path file, String text) {
    try {
      return new YamlConfigSource(file.toString(), text).getProperties();
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw new ConfigException(file + ", line " + line + ": not YAML: " + e.getProblem(), e);
    }
  }

  private static Map<String, String> properties(String text) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    Map<String, String> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    return values;
  }
}
