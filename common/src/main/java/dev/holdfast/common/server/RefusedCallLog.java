package dev.holdfast.common.server;

import dev.holdfast.common.telemetry.Logging;
import dev.holdfast.common.telemetry.OnePerSecond;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

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
  void refused(CallNames call, String reason, @Nullable String message, long nowNanos) {
    if (rate.isDue(nowNanos)) {
      LoggingEventBuilder line =
          LOG.atInfo()
              .addKeyValue(Logging.REQUEST_ID, call.requestId())
              .addKeyValue("more_refused_calls", rate.passedOver());
      String principal = call.principal();
      (principal.isEmpty() ? line : line.addKeyValue(Logging.PRINCIPAL, principal))
          .log("{} was refused: {}: {}", method, reason, message);
    }
  }
}
