package dev.holdfast.common.client;

import dev.holdfast.common.limits.FieldViolation;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.StatusReader;
import dev.holdfast.common.status.Statuses;
import io.grpc.Metadata;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The failure of a call.
 *
 * @param status with the server's details, if a server answered
 * @param refusal the server's refusal; null when there is none that this build understands
 * @param requestId request id from the server; null when there was none
 * @param neverSent whether the call surely did not leave this machine
 * @param tls why the connection did not come about; null for other failures
 * @param hungUp whether the other side ended the connection without a word
 */
record Failure(
    com.google.rpc.Status status,
    @Nullable Refusal refusal,
    @Nullable String requestId,
    boolean neverSent,
    @Nullable TlsRefusal tls,
    boolean hungUp) {
  /** Codes of the transport. A connection that breaks at certain moments is UNKNOWN or INTERNAL. */
  private static final Set<io.grpc.Status.Code> NOT_ANSWERED =
      Set.of(
          io.grpc.Status.Code.UNAVAILABLE,
          io.grpc.Status.Code.DEADLINE_EXCEEDED,
          io.grpc.Status.Code.CANCELLED,
          io.grpc.Status.Code.UNKNOWN,
          io.grpc.Status.Code.INTERNAL);

  private static final Metadata.Key<String> REQUEST_ID =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

  /** The failure of a whole call. */
  static Failure of(io.grpc.Status status, Metadata trailers, @Nullable Metadata headers) {
    TlsRefusal tls = TlsRefusal.of(status);
    com.google.rpc.Status full =
        detailed(status, trailers).toBuilder().setMessage(messageOf(status, tls)).build();
    String requestId = trailers.get(REQUEST_ID);
    if (requestId == null && headers != null) {
      requestId = headers.get(REQUEST_ID);
    }
    boolean neverSent = StatusReader.isNeverSent(status) || (tls != null && tls.isOfHandshake());
    boolean hungUp = TlsRefusal.isHangUp(status);
    return new Failure(full, StatusReader.refusalOf(full), requestId, neverSent, tls, hungUp);
  }

  /** Leaves out details that contradict the status, since gRPC refuses to read them. */
  private static com.google.rpc.Status detailed(io.grpc.Status status, Metadata trailers) {
    try {
      return StatusProto.fromStatusAndTrailers(status, trailers);
    } catch (IllegalArgumentException otherCode) {
      return StatusProto.fromStatusAndTrailers(status, new Metadata());
    }
  }

  /** The failure of a call made through a generated stub. */
  static Failure of(Throwable thrown) {
    Metadata trailers = io.grpc.Status.trailersFromThrowable(thrown);
    return of(
        io.grpc.Status.fromThrowable(thrown), trailers == null ? new Metadata() : trailers, null);
  }

  /** The failure of one command of a batch. */
  static Failure of(com.google.rpc.Status status) {
    return new Failure(status, StatusReader.refusalOf(status), null, false, null, false);
  }

  /** The same failure of a call of which an earlier try may have taken effect. */
  Failure asUnknown(String idempotencyKey) {
    Map<String, String> metadata =
        idempotencyKey.isEmpty() ? Map.of() : Map.of("idempotency_key", idempotencyKey);
    String text =
        refusal != null && refusal.reason() == Reason.OUTCOME_UNKNOWN
            ? status.getMessage()
            : "it may or may not have happened; last try: " + status.getMessage();
    Refusal unknown = new Refusal(Reason.OUTCOME_UNKNOWN, text, metadata);
    return new Failure(Statuses.of(unknown), unknown, requestId, false, tls, hungUp);
  }

  /** The same failure at a node. */
  Failure at(String address) {
    return tls == null ? this : told(tls, address + ": " + status.getMessage(), neverSent);
  }

  /** The same failure at a node to which there has never been a connection. */
  Failure atUnconnected(String address, boolean inTheClear) {
    if (tls != null) {
      return told(tls, address + ": " + status.getMessage(), true);
    }
    return inTheClear && hungUp
        ? told(TlsRefusal.PERHAPS_WANTED, address + ": " + TlsRefusal.PERHAPS_WANTED.text(), true)
        : this;
  }

  private Failure told(TlsRefusal why, String message, boolean surelyNeverSent) {
    com.google.rpc.Status named = status.toBuilder().setMessage(message).build();
    return new Failure(named, refusal, requestId, surelyNeverSent, why, hungUp);
  }

  io.grpc.Status.Code code() {
    return io.grpc.Status.fromCodeValue(status.getCode()).getCode();
  }

  List<FieldViolation> violations() {
    return StatusReader.violationsOf(status);
  }

  /** Returns 0 if the server gave no delay. */
  long retryAfterMillis() {
    Duration delay = StatusReader.retryDelayOf(status);
    return delay == null ? 0 : delay.toMillis();
  }

  /** Whether it was given without a look at what became of an earlier try. */
  boolean isBlindToEarlierTries() {
    return refusal == null || refusal.reason().isOfCaller();
  }

  /** Whether the transport or the node failed or was too slow, and no server answered "no". */
  boolean blamesNode() {
    return refusal == null && NOT_ANSWERED.contains(code());
  }

  private static String messageOf(io.grpc.Status status, @Nullable TlsRefusal tls) {
    if (tls != null) {
      return tls.text(status);
    }
    String description = status.getDescription() == null ? "" : status.getDescription();
    Throwable cause = status.getCause();
    if (cause == null || cause.getMessage() == null) {
      return description.isEmpty() ? status.getCode().name() : description;
    }
    return description.isEmpty() ? cause.getMessage() : description + ": " + cause.getMessage();
  }
}
