package dev.holdfast.common.config;

import io.smallrye.config.ConfigMappingInterface.Property;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A key and its declaration.
 *
 * @param defaultText default value; null when the key must be set
 * @param range bounds; null when there are none but those of the type
 */
record ConfigKey(
    String name, Class<?> type, @Nullable String defaultText, @Nullable Range range, String doc) {

  static ConfigKey of(String name, Property property) {
    Method method = property.getMethod();
    Doc doc = method.getAnnotation(Doc.class);
    if (doc == null) {
      throw new IllegalArgumentException(name + " needs a @Doc on " + method);
    }
    return new ConfigKey(
        name,
        boxed(property),
        property.hasDefaultValue() ? property.getDefaultValue() : null,
        method.getAnnotation(Range.class),
        doc.value());
  }

  /** The key as an environment variable. */
  String environmentName() {
    return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  /** A line with key, type, range and default, and a line with the meaning. */
  String help() {
    String bounds = range == null ? "" : ", " + range.min() + " to " + range.max();
    return "  %s  (%s%s, %s)\n      %s\n".formatted(name, typeName(), bounds, defaultInHelp(), doc);
  }

  private String defaultInHelp() {
    if (defaultText == null) {
      return "required";
    }
    return defaultText.isEmpty() ? "default empty" : "default " + defaultText;
  }

  private String typeName() {
    if (type == Integer.class || type == Long.class) {
      return "number";
    }
    if (type == Duration.class) {
      return "duration";
    }
    if (type == ByteSize.class) {
      return "size";
    }
    return type == Path.class ? "path" : "text";
  }

  private static Class<?> boxed(Property property) {
    return property.isPrimitive()
        ? property.asPrimitive().getBoxType()
        : property.asLeaf().getValueRawType();
  }
}
