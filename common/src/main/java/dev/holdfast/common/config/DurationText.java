package dev.holdfast.common.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as text: a whole number with ms, s, m, h or d. */
public final class DurationText {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,15}) ?(ms|s|m|h|d)");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "ms", ChronoUnit.MILLIS,
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);

  /** A hundred years; anything longer is a typing error. */
  private static final Duration MOST = Duration.ofDays(36_500);

  private DurationText() {}

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException that describes a duration
   */
  public static Duration parse(String text) {
    Matcher matcher = TEXT.matcher(text.trim());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be a duration such as 1500ms, 30s, 10m, 24h or 7d");
    }
    ChronoUnit unit = UNITS.getOrDefault(matcher.group(2), ChronoUnit.MILLIS);
    long count = Long.parseLong(matcher.group(1));
    if (count > MOST.dividedBy(unit.getDuration())) {
      throw new IllegalArgumentException("must be a duration of at most " + MOST.toDays() + "d");
    }
    return Duration.of(count, unit);
  }
}
