package dev.holdfast.common.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: a whole number with ms, s, m, h or d. */
public final class DurationText {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,15}) ?(ms|s|m|h|d)");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "ms", ChronoUnit.MILLIS,
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);

  private DurationText() {}

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException with what a duration looks like
   */
  public static Duration parse(String text) {
    Matcher matcher = TEXT.matcher(text.trim());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be a duration such as 1500ms, 30s, 10m, 24h or 7d");
    }
    ChronoUnit unit = UNITS.getOrDefault(matcher.group(2), ChronoUnit.MILLIS);
    return Duration.of(Long.parseLong(matcher.group(1)), unit);
  }
}
