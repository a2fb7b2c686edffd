package dev.holdfast.common.config;

import static java.util.Comparator.comparingInt;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** All keys of a process, sorted by name, as its mapping declares them. */
final class ConfigCatalog {
  private final List<ConfigKey> keys;

  private ConfigCatalog(List<ConfigKey> keys) {
    this.keys = keys;
  }

  static ConfigCatalog of(Class<?> mapping) {
    ConfigClass declared = ConfigClass.configClass(mapping);
    return new ConfigCatalog(
        new TreeMap<>(ConfigMappings.getProperties(declared))
            .entrySet().stream()
                .filter(entry -> entry.getValue().isPrimitive() || entry.getValue().isLeaf())
                .map(entry -> ConfigKey.of(entry.getKey(), entry.getValue()))
                .toList());
  }

  List<ConfigKey> keys() {
    return keys;
  }

  /** The defaults by key. */
  Map<String, String> defaults() {
    Map<String, String> defaults = new TreeMap<>();
    for (ConfigKey key : keys) {
      if (key.defaultText() != null) {
        defaults.put(key.name(), key.defaultText());
      }
    }
    return defaults;
  }

  /** The key of a name, by whichever of its names. */
  Optional<ConfigKey> find(Function<ConfigKey, String> nameOf, String name) {
    return keys.stream().filter(key -> nameOf.apply(key).equals(name)).findFirst();
  }

  /** The key that was most likely meant. */
  ConfigKey nearest(Function<ConfigKey, String> nameOf, String name) {
    return keys.stream()
        .min(comparingInt(key -> EditDistance.between(nameOf.apply(key), name)))
        .orElseThrow();
  }
}
