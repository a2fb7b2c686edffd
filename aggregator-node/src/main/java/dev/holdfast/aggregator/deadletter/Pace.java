package dev.holdfast.aggregator.deadletter;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Time and chance, for what is tried again later.
 *
 * @param chance from 0 to 1
 */
public record Pace(Clock clock, DoubleSupplier chance) {
  public static Pace standard() {
    return new Pace(Clock.systemUTC(), () -> ThreadLocalRandom.current().nextDouble());
  }

  long nowMillis() {
    return clock.millis();
  }

  long retryMillis(int failures) {
    return nowMillis() + Backoff.millis(failures, chance.getAsDouble());
  }
}
