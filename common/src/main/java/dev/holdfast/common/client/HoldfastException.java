package dev.holdfast.common.client;

import dev.holdfast.common.limits.FieldViolation;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The failure of a call. The four kinds tell the caller what has happened. Carries no stack trace,
 * since that of a network thread is of no use.
 */
public abstract sealed class HoldfastException extends RuntimeException
    permits InvalidRequestException,
        RejectedException,
        UnavailableException,
        OutcomeUnknownException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  HoldfastException(Failure failure) {
    super(failure.status().getMessage(), null, false, false);
    this.failure = failure;
  }

  Failure failure() {
    return failure;
  }

  /** The failure of one command of a batch, as the single call would have thrown it. */
  public static HoldfastException of(com.google.rpc.Status status) {
    return of(Failure.of(status));
  }

  /** Unwraps the exception with which a future of the client failed. */
  public static HoldfastException from(Throwable thrown) {
    Throwable found = thrown;
    while (found instanceof CompletionException || found instanceof ExecutionException) {
      found = Objects.requireNonNull(found.getCause(), "a wrapper has a cause");
    }
    return found instanceof HoldfastException known ? known : of(Failure.of(found));
  }

  static HoldfastException of(Failure failure) {
    return switch (FailureKind.of(failure)) {
      case NOT_TRIED -> new UnavailableException(failure);
      case UNKNOWN -> new OutcomeUnknownException(failure);
      case FINAL ->
          failure.code() == Status.Code.INVALID_ARGUMENT
              ? new InvalidRequestException(failure)
              : new RejectedException(failure);
    };
  }

  /** The failure with all its details, as a command's outcome in a batch has it. */
  public com.google.rpc.Status status() {
    return failure.status();
  }

  public Status.Code code() {
    return failure.code();
  }

  /** Returns null when the server gave no reason, as for failures of the transport. */
  public @Nullable Reason reason() {
    Refusal refusal = failure.refusal();
    return refusal == null ? null : refusal.reason();
  }

  /** Why there is no connection although something listens; null for other failures. */
  public @Nullable TlsRefusal tlsRefusal() {
    return failure.tls();
  }

  /** Facts by name, such as {@code expected_version}; empty for most reasons. */
  public Map<String, String> metadata() {
    Refusal refusal = failure.refusal();
    return refusal == null ? Map.of() : refusal.metadata();
  }

  /** The fields that are malformed; empty unless the request is invalid. */
  public List<FieldViolation> violations() {
    return failure.violations();
  }

  /** The id of the call in the server's log; null when no server answered. */
  public @Nullable String requestId() {
    return failure.requestId();
  }
}
