package dev.holdfast.common.status;

import io.grpc.Status;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reasons for which a call is refused: the one table of answers. The names are part of the
 * contract; they travel as the reason of google.rpc.ErrorInfo.
 */
public enum Reason {
  /** It is not known who calls: no certificate or token, or none that is accepted. */
  UNAUTHENTICATED(Status.Code.UNAUTHENTICATED, 401),
  /** The caller lacks a role; whether anything exists does not matter. */
  PERMISSION_DENIED(Status.Code.PERMISSION_DENIED, 403),
  /** A field is malformed; nothing was tried. */
  VALIDATION(Status.Code.INVALID_ARGUMENT, 400),
  /** No such store, SKU, item or reservation. */
  NOT_FOUND(Status.Code.NOT_FOUND, 404),
  /** The item to create exists already. */
  ITEM_EXISTS(Status.Code.ALREADY_EXISTS, 409),
  /** A reservation with this id is open, or closed and still remembered. */
  RESERVATION_EXISTS(Status.Code.ALREADY_EXISTS, 409),
  /** The idempotency key was used with another payload. */
  IDEMPOTENCY_KEY_REUSED(Status.Code.ALREADY_EXISTS, 409),
  /** The item is not at the expected version. */
  VERSION_CONFLICT(Status.Code.ABORTED, 409),
  /** The reservation was confirmed or released before. */
  RESERVATION_CLOSED(Status.Code.FAILED_PRECONDITION, 409),
  /** The reservation has expired. */
  RESERVATION_EXPIRED(Status.Code.FAILED_PRECONDITION, 409),
  /** Less is available than requested. */
  INSUFFICIENT_STOCK(Status.Code.FAILED_PRECONDITION, 422),
  /** The reservation holds less of the SKU than requested. */
  NOT_HELD(Status.Code.FAILED_PRECONDITION, 422),
  /** The reservation would exceed its maximum lifetime. */
  LIFETIME_LIMIT(Status.Code.FAILED_PRECONDITION, 422),
  /** A quantity would exceed its upper bound. */
  QUANTITY_LIMIT(Status.Code.FAILED_PRECONDITION, 422),
  /** The item is frozen. */
  ITEM_FROZEN(Status.Code.FAILED_PRECONDITION, 409),
  /** The whole store is frozen. */
  STORE_FROZEN(Status.Code.FAILED_PRECONDITION, 409),
  /** An item with units on hand cannot be deleted. */
  NOT_EMPTY(Status.Code.FAILED_PRECONDITION, 409),
  /** The reservations of an order hold too many lines. */
  ORDER_TOO_LARGE(Status.Code.FAILED_PRECONDITION, 422),
  /** The movements since a count are not known any more. */
  COUNT_TOO_OLD(Status.Code.FAILED_PRECONDITION, 422),
  /** The item moved each time a count was about to be decided. */
  COUNT_OVERTAKEN(Status.Code.ABORTED, 409, Duration.ofMillis(50)),
  /** The item is leased to somebody else. The status can be configured. */
  LOCKED(Status.Code.UNAVAILABLE, 503, Duration.ofMillis(300)),
  /** A fencing token belongs to no live lease on the items of the command. */
  STALE_TOKEN(Status.Code.ABORTED, 409),
  /** The partition has as many leases as it may. */
  TOO_MANY_LEASES(Status.Code.RESOURCE_EXHAUSTED, 429, Duration.ofSeconds(1)),
  /** Leases are switched off. */
  LOCKS_DISABLED(Status.Code.FAILED_PRECONDITION, 409),
  /** A transfer with this id exists already. */
  TRANSFER_EXISTS(Status.Code.ALREADY_EXISTS, 409),
  /** Nothing of the transfer is in transit any more. */
  TRANSFER_CLOSED(Status.Code.FAILED_PRECONDITION, 409),
  /** Less of the transfer is outstanding than requested. */
  NOT_OUTSTANDING(Status.Code.FAILED_PRECONDITION, 422),
  /** Between partitions: the hand-over is not the next one. */
  HANDOVER_OUT_OF_ORDER(Status.Code.ABORTED, 409),
  /** Between nodes: the message has content that this build does not know; nothing was tried. */
  NEEDS_NEWER_BUILD(Status.Code.FAILED_PRECONDITION, 409),
  /** The queue is full; nothing was tried. */
  OVERLOADED(Status.Code.UNAVAILABLE, 503, Duration.ofMillis(100)),
  /** The node takes no writes, for example because its disk is nearly full; nothing was tried. */
  READ_ONLY(Status.Code.UNAVAILABLE, 503, Duration.ofSeconds(5)),
  /** The partition has no leader, or no quorum; nothing was tried. */
  NO_LEADER(Status.Code.UNAVAILABLE, 503, Duration.ofMillis(200)),
  /** Leadership was lost with the command in flight: it may or may not have happened. */
  OUTCOME_UNKNOWN(Status.Code.UNAVAILABLE, 503, Retry.WITH_SAME_KEY, Duration.ZERO),
  /** This replica cannot guarantee the requested freshness. */
  STALE(Status.Code.UNAVAILABLE, 503, Duration.ofMillis(100)),
  /** An operator has stopped the aggregator from following the partitions. */
  SYNC_STOPPED(Status.Code.FAILED_PRECONDITION, 409),
  /** The aggregator keeps no history of movements. */
  HISTORY_OFF(Status.Code.FAILED_PRECONDITION, 409),
  /** That part of the event log is gone: start from a consistent export. */
  HISTORY_TRUNCATED(Status.Code.OUT_OF_RANGE, 410),
  /** This replica has not reached that sequence yet. */
  AHEAD_OF_LOG(Status.Code.OUT_OF_RANGE, 416, Duration.ofMillis(200));

  private static final Map<String, Reason> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Reason::name, Function.identity()));

  private final Status.Code grpcCode;
  private final int httpStatus;
  private final Retry retry;
  private final Duration retryDelay;

  Reason(Status.Code grpcCode, int httpStatus) {
    this(grpcCode, httpStatus, Retry.NEVER, Duration.ZERO);
  }

  Reason(Status.Code grpcCode, int httpStatus, Duration retryDelay) {
    this(grpcCode, httpStatus, Retry.FREELY, retryDelay);
  }

  Reason(Status.Code grpcCode, int httpStatus, Retry retry, Duration retryDelay) {
    this.grpcCode = grpcCode;
    this.httpStatus = httpStatus;
    this.retry = retry;
    this.retryDelay = retryDelay;
  }

  /** The reason of this name; null if it is unknown, since a newer node may have more reasons. */
  public static @Nullable Reason byName(String name) {
    return BY_NAME.get(name);
  }

  /** Whether it is about who calls, and was given before anything else was looked at. */
  public boolean isOfCaller() {
    return this == UNAUTHENTICATED || this == PERMISSION_DENIED;
  }

  public Status.Code grpcCode() {
    return grpcCode;
  }

  public int httpStatus() {
    return httpStatus;
  }

  public Retry retry() {
    return retry;
  }

  /** The minimum pause before a retry; zero unless {@link Retry#FREELY}. */
  public Duration retryDelay() {
    return retryDelay;
  }
}
