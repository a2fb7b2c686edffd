package dev.holdfast.aggregator.source;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;

/**
 * Time limits of a tail.
 *
 * @param silence a replica that says nothing for so long is dead; heartbeats come each second
 * @param backoff milliseconds to wait before the n-th try since the tail last got further
 */
record TailTiming(Duration silence, IntervalFunction backoff) {
  private static final Duration SILENCE = Duration.ofSeconds(5);
  private static final Duration BACKOFF_MIN = Duration.ofMillis(100);
  private static final Duration BACKOFF_MAX = Duration.ofSeconds(5);
  private static final double BACKOFF_FACTOR = 2;
  private static final double BACKOFF_JITTER = 0.5;

  static TailTiming standard() {
    return new TailTiming(
        SILENCE,
        IntervalFunction.ofExponentialRandomBackoff(
            BACKOFF_MIN, BACKOFF_FACTOR, BACKOFF_JITTER, BACKOFF_MAX));
  }

  Duration beforeTry(int number) {
    return Duration.ofMillis(backoff.apply(number));
  }

  /** How often to look for silence. */
  Duration watch() {
    return silence.dividedBy(5);
  }
}
