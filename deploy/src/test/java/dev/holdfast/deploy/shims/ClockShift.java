package dev.holdfast.deploy.shims;

import java.time.Duration;

/**
 * How far a wall clock is off.
 *
 * @param offset at the beginning, negative when the clock is behind
 * @param driftPpm how much faster than true time it runs, in millionths; negative when slower
 */
public record ClockShift(Duration offset, long driftPpm) {
  public static final ClockShift NONE = new ClockShift(Duration.ZERO, 0);

  /** A clock that is off and runs at the right speed. */
  public static ClockShift of(Duration offset) {
    return new ClockShift(offset, 0);
  }

  /** The line that clock.c reads. */
  String line(long sinceMillis) {
    return "%d %d %d\n".formatted(offset.toMillis(), driftPpm, sinceMillis);
  }
}
