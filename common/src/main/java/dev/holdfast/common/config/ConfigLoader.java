package dev.holdfast.common.config;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Turns a file, the environment and the command line into the settings of one process.
 *
 * @param <T> the mapping interface, annotated with {@code @ConfigMapping}, each key with {@link
 *     Doc}
 */
public final class ConfigLoader<T> {
  private final Class<T> mapping;
  private final BiConsumer<T, ConfigProblems> relations;
  private final ConfigCatalog catalog;

  /**
   * Makes a loader.
   *
   * @param relations checks relations between keys, whose values are valid by themselves
   */
  public ConfigLoader(Class<T> mapping, BiConsumer<T, ConfigProblems> relations) {
    this.mapping = mapping;
    this.relations = relations;
    this.catalog = ConfigCatalog.of(mapping);
  }

  /**
   * Loads and checks the settings.
   *
   * @throws ConfigException with all problems, one per line
   */
  public T load(NodeArguments arguments, Map<String, String> environment) {
    ConfigProblems problems = new ConfigProblems();
    List<ConfigLayer> layers = layers(arguments, environment, problems);
    ConfigProblems badValues = checkValues(layers);
    problems.addAll(badValues);
    if (!badValues.isEmpty()) {
      throw problems.toException();
    }
    T settings = map(layers);
    relations.accept(settings, problems);
    if (!problems.isEmpty()) {
      throw problems.toException();
    }
    return settings;
  }

  /** Every key with type, default, bounds and meaning. */
  public String help() {
    return catalog.keys().stream().map(ConfigKey::help).collect(Collectors.joining());
  }

  private List<ConfigLayer> layers(
      NodeArguments arguments, Map<String, String> environment, ConfigProblems problems) {
    List<ConfigLayer> layers = new ArrayList<>();
    arguments.configFile().ifPresent(file -> layers.add(ConfigFile.read(file)));
    layers.add(ConfigLayer.ofCommandLine(arguments.settings()));
    layers.forEach(layer -> refuseUnknown(layer, problems));
    layers.add(ConfigEnvironment.read(environment, catalog, problems));
    return layers;
  }

  private void refuseUnknown(ConfigLayer layer, ConfigProblems problems) {
    for (String name : layer.values().keySet()) {
      if (catalog.find(ConfigKey::name, name).isEmpty()) {
        String nearest = catalog.nearest(ConfigKey::name, name).name();
        problems.add(
            "%s (%s) is not known; did you mean %s?".formatted(name, layer.origin(), nearest));
      }
    }
  }

  /** Checks values one by one, since the mapping would stop at its own, wordier messages. */
  private ConfigProblems checkValues(List<ConfigLayer> layers) {
    ConfigProblems problems = new ConfigProblems();
    SmallRyeConfig config = builder(layers).withDefaultValues(catalog.defaults()).build();
    ConfigValueCheck check = new ConfigValueCheck(config, problems);
    catalog.keys().forEach(check::check);
    return problems;
  }

  private T map(List<ConfigLayer> layers) {
    return builder(layers).withMapping(mapping).build().getConfigMapping(mapping);
  }

  private static SmallRyeConfigBuilder builder(List<ConfigLayer> layers) {
    SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().withValidateUnknown(false);
    ConfigConverters.addTo(builder);
    layers.forEach(layer -> builder.withSources(layer.toSource()));
    return builder;
  }
}
