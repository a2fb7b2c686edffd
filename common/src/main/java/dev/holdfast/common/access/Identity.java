package dev.holdfast.common.access;

import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import org.jspecify.annotations.Nullable;

/** The result of authentication: either who makes a call, or why that is not known. */
sealed interface Identity {
  /** It is known. */
  record Known(Caller caller) implements Identity {}

  /** It is not. */
  record Unknown(Refusal refusal) implements Identity {
    static Unknown because(String why) {
      return new Unknown(new Refusal(Reason.UNAUTHENTICATED, why));
    }
  }

  /** Who it is; null when that is not known. */
  default @Nullable Caller callerOrNull() {
    return this instanceof Known known ? known.caller() : null;
  }
}
