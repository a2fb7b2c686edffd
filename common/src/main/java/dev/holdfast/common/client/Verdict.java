package dev.holdfast.common.client;

import dev.holdfast.common.status.Refusal;
import io.grpc.Status;

/** Classifies a failed try of a call. */
enum Verdict {
  /** The answer is no, and would be again. */
  FINAL,
  /** Nothing happened: try again freely. */
  NOT_TRIED,
  /** It may have happened: try again with the same idempotency key only. */
  UNKNOWN;

  static Verdict of(Failure failure) {
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
  private static Verdict withoutReason(Failure failure) {
    if (failure.retryAfterMillis() > 0) {
      return NOT_TRIED;
    }
    if (failure.code() == Status.Code.RESOURCE_EXHAUSTED) {
      return UNKNOWN; // as when an answer is larger than this side takes: the call was made
    }
    if (!failure.blamesNode()) {
      return FINAL;
    }
    return failure.neverSent() ? NOT_TRIED : UNKNOWN;
  }
}
