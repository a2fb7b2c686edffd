package dev.holdfast.common.status;

import com.google.protobuf.Any;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.holdfast.common.limits.FieldViolation;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The one place that builds statuses. Each carries a google.rpc.ErrorInfo of domain {@value
 * #DOMAIN}; a RetryInfo when the same call may simply be retried; a BadRequest when fields are
 * malformed.
 */
public final class Statuses {
  public static final String DOMAIN = "holdfast.dev";

  private Statuses() {}

  public static Status of(Refusal refusal) {
    return of(refusal, refusal.reason().grpcCode(), refusal.reason().retryDelay());
  }

  /** Makes a status with a configured code and delay instead of those in the table. */
  public static Status of(Refusal refusal, io.grpc.Status.Code code, Duration retryDelay) {
    Reason reason = refusal.reason();
    Status.Builder status =
        builder(reason, refusal.message(), refusal.metadata()).setCode(code.value());
    if (reason.retry() == Retry.FREELY) {
      long millis = retryDelay.toMillis();
      RetryInfo retry = RetryInfo.newBuilder().setRetryDelay(Durations.fromMillis(millis)).build();
      status.addDetails(Any.pack(retry));
    }
    return status.build();
  }

  public static Status of(Reason reason, String message) {
    return of(new Refusal(reason, message));
  }

  /** The answer to a malformed request; the message has the first violation in full. */
  public static Status invalid(List<FieldViolation> violations) {
    BadRequest.Builder badRequest = BadRequest.newBuilder();
    for (FieldViolation violation : violations) {
      badRequest
          .addFieldViolationsBuilder()
          .setField(violation.field())
          .setDescription(violation.description());
    }
    return builder(Reason.VALIDATION, summary(violations), Map.of())
        .addDetails(Any.pack(badRequest.build()))
        .build();
  }

  /** The exception that ends a call with a status and its details. It has no stack trace. */
  public static StatusRuntimeException exception(Status status) {
    StatusRuntimeException plain = StatusProto.toStatusRuntimeException(status);
    Metadata trailers = plain.getTrailers();
    return new RefusedException(plain.getStatus(), trailers == null ? new Metadata() : trailers);
  }

  public static StatusRuntimeException exception(Refusal refusal) {
    return exception(of(refusal));
  }

  private static Status.Builder builder(
      Reason reason, String message, Map<String, String> metadata) {
    ErrorInfo info =
        ErrorInfo.newBuilder()
            .setDomain(DOMAIN)
            .setReason(reason.name())
            .putAllMetadata(metadata)
            .build();
    return Status.newBuilder()
        .setCode(reason.grpcCode().value())
        .setMessage(message)
        .addDetails(Any.pack(info));
  }

  private static String summary(List<FieldViolation> violations) {
    if (violations.isEmpty()) {
      throw new IllegalArgumentException("a request without violations is not invalid");
    }
    FieldViolation first = violations.get(0);
    String rest = violations.size() == 1 ? "" : " (and " + (violations.size() - 1) + " more)";
    return first.field() + ": " + first.description() + rest;
  }
}
