package dev.holdfast.common.server;

import dev.holdfast.common.telemetry.Logging;
import dev.holdfast.common.telemetry.OnePerSecond;
import io.grpc.Status;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs slow calls of one method, at most one a second: calls end on busy threads, and under
 * overload every call is slow.
 */
final class SlowCallLog {
  private static final Logger LOG = LoggerFactory.getLogger(SlowCallLog.class);
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String method;
  private final OnePerSecond rate = new OnePerSecond();

  SlowCallLog(String method) {
    this.method = method;
  }

  void ended(String requestId, Status.Code code, long tookNanos, long nowNanos) {
    if (tookNanos <= SLOW_NANOS || !rate.isDue(nowNanos)) {
      return;
    }
    LOG.atWarn()
        .addKeyValue(Logging.REQUEST_ID, requestId)
        .addKeyValue("more_slow_calls", rate.passedOver())
        .log(
            "{} took {} ms and ended with {}",
            method,
            TimeUnit.NANOSECONDS.toMillis(tookNanos),
            code);
  }
}
