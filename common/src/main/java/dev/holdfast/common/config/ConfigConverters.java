package dev.holdfast.common.config;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * Converts text to the types of the keys; describes values that do not fit in words for the
 * operator.
 */
final class ConfigConverters {
  private static final int ABOVE_BUILT_IN = 1000;

  private ConfigConverters() {}

  static void addTo(SmallRyeConfigBuilder builder) {
    add(builder, String.class, text -> text); // that built in takes an empty one for none
    add(builder, Integer.class, ConfigConverters::wholeInt);
    add(builder, Long.class, ConfigConverters::wholeLong);
    add(builder, Duration.class, DurationText::parse);
    add(builder, ByteSize.class, ByteSize::parse);
    add(builder, Path.class, ConfigConverters::path);
    add(builder, ClusterNodes.class, ClusterNodes::parse);
    add(builder, PinnedStores.class, PinnedStores::parse);
    add(builder, SecurityMode.class, SecurityMode::parse);
  }

  private static <T> void add(
      SmallRyeConfigBuilder builder, Class<T> type, Converter<T> converter) {
    builder.withConverter(type, ABOVE_BUILT_IN, converter);
  }

  private static Integer wholeInt(String text) {
    try {
      return Integer.valueOf(text.trim());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a whole number", e);
    }
  }

  private static Long wholeLong(String text) {
    try {
      return Long.valueOf(text.trim());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a whole number", e);
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("must be a path", e);
    }
  }
}
