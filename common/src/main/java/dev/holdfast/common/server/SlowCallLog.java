package dev.holdfast.common.server;

import dev.holdfast.common.telemetry.Logging;
import io.grpc.Status;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line for a slow call of one method, at most one a second: calls end on threads that have more
 * to do, and under overload every call is slow.
 */
final class SlowCallLog {
  private static final Logger LOG = LoggerFactory.getLogger(SlowCallLog.class);
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long NEVER = Long.MIN_VALUE;

  private final String method;
  private final AtomicLong lastNanos = new AtomicLong(NEVER);
  private final LongAdder passedOver = new LongAdder();

  SlowCallLog(String method) {
    this.method = method;
  }

  void ended(String requestId, Status.Code code, long tookNanos, long nowNanos) {
    if (tookNanos <= SLOW_NANOS) {
      return;
    }
    long last = lastNanos.get();
    boolean due = last == NEVER || nowNanos - last >= PAUSE_NANOS;
    if (!due || !lastNanos.compareAndSet(last, nowNanos)) {
      passedOver.increment();
      return;
    }
    LOG.atWarn()
        .addKeyValue(Logging.REQUEST_ID, requestId)
        .addKeyValue("more_slow_calls", passedOver.sumThenReset())
        .log(
            "{} took {} ms and ended with {}",
            method,
            TimeUnit.NANOSECONDS.toMillis(tookNanos),
            code);
  }
}
