package dev.holdfast.aggregator.deadletter;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Says when a change that failed is tried again.
 *
 * @param chance from 0 to 1
 */
public record RetryPace(Clock clock, DoubleSupplier chance) {
  private static final long FIRST_MILLIS = 1_000;
  private static final int FACTOR = 4;

  public static RetryPace standard() {
    return new RetryPace(Clock.systemUTC(), () -> ThreadLocalRandom.current().nextDouble());
  }

  long nowMillis() {
    return clock.millis();
  }

  /**
   * The pause is four times as long after each failure, and between half and all of that, so that
   * changes that failed together are not tried together.
   */
  long retryMillis(int failures) {
    double full = FIRST_MILLIS * Math.pow(FACTOR, failures - 1.0);
    return nowMillis() + Math.round(full / 2 * (1 + chance.getAsDouble()));
  }
}
