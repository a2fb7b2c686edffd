package dev.holdfast.store.clock;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two clocks of this node: the wall clock, which may be set to anything at any moment, and the
 * monotonic one, which only goes on. Their difference, the <em>base</em>, stays the same while the
 * wall clock is left alone, and moves by as much as it is set. Everything that compares clocks
 * compares bases: a base does not grow old.
 *
 * @param nanos the monotonic clock, as {@link System#nanoTime()}
 */
public record NodeClock(InstantSource wall, LongSupplier nanos) {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long READING_MILLIS_MAX = 5;
  private static final int READINGS_MAX = 10;

  /** The clocks of this machine. */
  public static NodeClock system() {
    return new NodeClock(InstantSource.system(), System::nanoTime);
  }

  public long wallMillis() {
    return wall.millis();
  }

  public long monotonicMillis() {
    return toMillis(nanos.getAsLong());
  }

  /** A moment of {@link #nanos()} on the scale of {@link #monotonicMillis()}. */
  public static long toMillis(long nanos) {
    return Math.floorDiv(nanos, NANOS_PER_MILLI);
  }

  /** Wall clock minus monotonic clock. A pause between the two readings does not get in. */
  public long baseMillis() {
    for (int reading = 1; ; reading++) {
      long before = monotonicMillis();
      long wallMillis = wallMillis();
      if (monotonicMillis() - before <= READING_MILLIS_MAX || reading == READINGS_MAX) {
        return wallMillis - before;
      }
    }
  }
}
