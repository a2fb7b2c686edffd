package dev.holdfast.store.api.call;

import com.google.rpc.Status;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.store.commit.Earlier;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Refusals to answers. The answer to LOCKED can be configured.
 *
 * @param code of LOCKED
 * @param retryAfter when a locked item may be asked for again
 */
public record RefusalAnswers(Code code, Duration retryAfter) {
  /** As the table of answers has it. */
  public static final RefusalAnswers DEFAULT =
      new RefusalAnswers(Reason.LOCKED.grpcCode(), Reason.LOCKED.retryDelay());

  private static final Metadata.Key<String> LOCK_KEY =
      Metadata.Key.of("x-lock-key", Metadata.ASCII_STRING_MARSHALLER);
  private static final Map<Integer, Code> CODES =
      Map.of(
          409, Code.ABORTED,
          422, Code.FAILED_PRECONDITION,
          429, Code.RESOURCE_EXHAUSTED,
          503, Code.UNAVAILABLE);

  /** With the gRPC code that the table of answers has for an HTTP status. */
  public static RefusalAnswers of(int httpStatus, Duration retryAfter) {
    Code code = CODES.get(httpStatus);
    return new RefusalAnswers(
        Objects.requireNonNull(code, () -> "no code for " + httpStatus), retryAfter);
  }

  /** The refusal that an event stands for; null when the command was accepted. */
  public static @Nullable Refusal refusal(RecordedEvent recorded) {
    if (recorded.event() instanceof Event.CommandRejected rejected) {
      Refusal refusal =
          Refusal.of(rejected.store(), rejected.reservationId(), rejected.rejection());
      return rejected.operation() == 0 ? refusal : refusal.inOperation(rejected.operation() - 1);
    }
    return null;
  }

  /** The refusal that was given before; null when the command was accepted then. */
  public static @Nullable Refusal refusal(Earlier earlier) {
    Refusal refusal = refusal(earlier.event());
    return refusal == null ? null : refusal.decidedAt(earlier.decidedMillis());
  }

  public Status status(Refusal refusal) {
    return refusal.reason() == Reason.LOCKED
        ? Statuses.of(refusal, code, retryAfter)
        : Statuses.of(refusal);
  }

  StatusRuntimeException exception(Refusal refusal) {
    StatusRuntimeException exception = Statuses.exception(status(refusal));
    String key = refusal.metadata().get(Refusal.LOCK_KEY);
    Metadata trailers = exception.getTrailers();
    if (key != null && trailers != null) {
      trailers.put(LOCK_KEY, key);
    }
    return exception;
  }
}
