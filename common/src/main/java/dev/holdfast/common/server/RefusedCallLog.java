package dev.holdfast.common.server;

import dev.holdfast.common.telemetry.Logging;
import dev.holdfast.common.telemetry.OnePerSecond;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs refused calls: a line per method, at most one a second. */
final class RefusedCallLog {
  private static final Logger LOG = LoggerFactory.getLogger(RefusedCallLog.class);

  private final String method;
  private final OnePerSecond rate = new OnePerSecond();

  RefusedCallLog(String method) {
    this.method = method;
  }

  /**
   * Logs a refusal, or counts it when one was logged within the last second.
   *
   * @param reason the reason in one word
   */
  void refused(String requestId, String reason, @Nullable String message, long nowNanos) {
    if (rate.isDue(nowNanos)) {
      LOG.atInfo()
          .addKeyValue(Logging.REQUEST_ID, requestId)
          .addKeyValue("more_refused_calls", rate.passedOver())
          .log("{} was refused: {}: {}", method, reason, message);
    }
  }
}
