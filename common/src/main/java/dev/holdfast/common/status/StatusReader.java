package dev.holdfast.common.status;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.holdfast.common.limits.FieldViolation;
import io.grpc.protobuf.StatusProto;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads back the statuses of {@link Statuses}. Returns null for a status of other origin, or of a
 * newer node with an unknown reason; then only the gRPC code is known.
 */
public final class StatusReader {
  private StatusReader() {}

  /** The reason of a failed call, or null. */
  public static @Nullable Reason reasonOf(Throwable failure) {
    Refusal refusal = refusalOf(failure);
    return refusal == null ? null : refusal.reason();
  }

  /** The reason of one outcome of a batch, or null. */
  public static @Nullable Reason reasonOf(Status status) {
    Refusal refusal = refusalOf(status);
    return refusal == null ? null : refusal.reason();
  }

  /** Reason, message and metadata of a failed call, or null. */
  public static @Nullable Refusal refusalOf(Throwable failure) {
    Status status = StatusProto.fromThrowable(failure);
    return status == null ? null : refusalOf(status);
  }

  /** Reason, message and metadata of one outcome of a batch, or null. */
  public static @Nullable Refusal refusalOf(Status status) {
    ErrorInfo info = detail(status, ErrorInfo.class);
    if (info == null || !info.getDomain().equals(Statuses.DOMAIN)) {
      return null;
    }
    Reason reason = Reason.byName(info.getReason());
    return reason == null ? null : new Refusal(reason, status.getMessage(), info.getMetadataMap());
  }

  /** The minimum pause before a retry, or null if the status has none. */
  public static @Nullable Duration retryDelayOf(Status status) {
    RetryInfo info = detail(status, RetryInfo.class);
    return info == null ? null : Duration.ofNanos(Durations.toNanos(info.getRetryDelay()));
  }

  /** The malformed fields; empty for any other answer. */
  public static List<FieldViolation> violationsOf(Status status) {
    BadRequest badRequest = detail(status, BadRequest.class);
    if (badRequest == null) {
      return List.of();
    }
    return badRequest.getFieldViolationsList().stream()
        .map(found -> new FieldViolation(found.getField(), found.getDescription()))
        .toList();
  }

  /** Whether a call cannot have reached its node: there was no connection. */
  public static boolean isNeverSent(io.grpc.Status status) {
    for (Throwable at = status.getCause(); at != null; at = at.getCause()) {
      if (at instanceof ConnectException || at instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }

  private static <T extends Message> @Nullable T detail(Status status, Class<T> type) {
    for (Any detail : status.getDetailsList()) {
      if (detail.is(type)) {
        return unpack(detail, type);
      }
    }
    return null;
  }

  private static <T extends Message> @Nullable T unpack(Any detail, Class<T> type) {
    try {
      return detail.unpack(type);
    } catch (InvalidProtocolBufferException garbled) {
      return null; // treated as no detail: callers fall back to the gRPC code
    }
  }
}
