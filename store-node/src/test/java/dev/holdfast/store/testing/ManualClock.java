package dev.holdfast.store.testing;

import dev.holdfast.store.clock.NodeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The clocks of a machine: time passes for both, and the wall clock can be set. */
public final class ManualClock {
  /** Some day in 2026. */
  public static final long START = 1_780_000_000_000L;

  private static final long FIRST_NANOS = -7_000_000_000L; // it may be anything

  private final AtomicLong wallMillis = new AtomicLong(START);
  private final AtomicLong nanos = new AtomicLong(FIRST_NANOS);
  private final NodeClock clock =
      new NodeClock(() -> Instant.ofEpochMilli(wallMillis.get()), nanos::get);

  public NodeClock clock() {
    return clock;
  }

  public long wallMillis() {
    return wallMillis.get();
  }

  /** Since this was made, whatever the wall clock says. */
  public long passedMillis() {
    return TimeUnit.NANOSECONDS.toMillis(nanos.get() - FIRST_NANOS);
  }

  public void pass(Duration time) {
    wallMillis.addAndGet(time.toMillis());
    nanos.addAndGet(time.toNanos());
  }

  /** Sets the wall clock forward, or back. */
  public void step(Duration by) {
    wallMillis.addAndGet(by.toMillis());
  }
}
