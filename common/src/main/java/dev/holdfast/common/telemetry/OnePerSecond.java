package dev.holdfast.common.telemetry;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Lets one log line a second through, and counts the others. Any thread, without a lock. */
public final class OnePerSecond {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long NEVER = Long.MIN_VALUE;

  private final AtomicLong lastNanos = new AtomicLong(NEVER);
  private final LongAdder passedOver = new LongAdder();

  /** Whether this line may be logged. */
  public boolean isDue(long nowNanos) {
    long last = lastNanos.get();
    boolean due = last == NEVER || nowNanos - last >= PAUSE_NANOS;
    if (due && lastNanos.compareAndSet(last, nowNanos)) {
      return true;
    }
    passedOver.increment();
    return false;
  }

  /** The number of lines left out since the last call. */
  public long passedOver() {
    return passedOver.sumThenReset();
  }
}
