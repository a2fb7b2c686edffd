package dev.holdfast.common.client;

import dev.holdfast.common.status.Refusal;
import io.grpc.Status;

/** Classifies a failed try of a call. */
enum FailureKind {
  /** The call was decided against, and would be again. */
  FINAL,
  /** The call had no effect: retry freely. */
  NOT_TRIED,
  /** The call may have taken effect: retry with the same idempotency key only. */
  UNKNOWN;

  static FailureKind of(Failure failure) {
    Refusal refusal = failure.refusal();
    if (refusal == null) {
      return withoutReason(failure);
    }
    return switch (refusal.reason().retry()) {
      case NEVER -> FINAL;
      case FREELY -> NOT_TRIED;
      case WITH_SAME_KEY -> UNKNOWN;
    };
  }

  /** The transport's own failures, and reasons of a newer server. */
  private static FailureKind withoutReason(Failure failure) {
    if (failure.retryAfterMillis() > 0) {
      return NOT_TRIED;
    }
    if (failure.code() == Status.Code.RESOURCE_EXHAUSTED) {
      return UNKNOWN; // for example, the answer was too large for this side: the call was made
    }
    if (!failure.blamesNode()) {
      return FINAL;
    }
    return failure.neverSent() ? NOT_TRIED : UNKNOWN;
  }
}
