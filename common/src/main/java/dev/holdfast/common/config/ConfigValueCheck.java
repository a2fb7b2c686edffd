package dev.holdfast.common.config;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/** Checks the value of each key by itself: present, of its type, within its range. */
final class ConfigValueCheck {
  /** The character that replaces bytes that are invalid in the encoding they were read in. */
  private static final char UNREADABLE = '\uFFFD';

  private final SmallRyeConfig config;
  private final ConfigProblems problems;

  ConfigValueCheck(SmallRyeConfig config, ConfigProblems problems) {
    this.config = config;
    this.problems = problems;
  }

  void check(ConfigKey key) {
    ConfigValue value = config.getConfigValue(key.name());
    String text = value.getValue();
    if (text == null || (text.isEmpty() && key.defaultText() == null)) {
      problems.add(
          "%s is not set: put it in the configuration file, in %s, or in --set %s=..."
              .formatted(key.name(), key.environmentName(), key.name()));
      return;
    }
    String complaint = complaint(key, text);
    if (complaint != null) {
      String origin = value.getConfigSourceName();
      problems.add("%s = '%s' (%s): %s".formatted(key.name(), text, origin, complaint));
    }
  }

  private @Nullable String complaint(ConfigKey key, String text) {
    if (text.indexOf(UNREADABLE) >= 0) {
      return "could not be read as text: is it UTF-8? The environment and --set need LC_ALL=C.UTF-8";
    }
    try {
      Object value = convert(key.type(), text);
      return key.range() == null ? null : rangeComplaint(key.type(), value, key.range());
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  private @Nullable String rangeComplaint(Class<?> type, Object value, Range range) {
    boolean inside =
        compare(convert(type, range.min()), value) <= 0
            && compare(value, convert(type, range.max())) <= 0;
    return inside ? null : "must be " + range.min() + " to " + range.max();
  }

  private Object convert(Class<?> type, String text) {
    Converter<?> converter = config.requireConverter(type);
    return converter.convert(text);
  }

  @SuppressWarnings("unchecked") // both values come from the converter of one type
  private static int compare(Object left, Object right) {
    return ((Comparable<Object>) left).compareTo(right);
  }
}
