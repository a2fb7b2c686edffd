package dev.holdfast.common.status;

/** Ways to retry a call after a refusal. */
public enum Retry {
  /** The same call gets the same answer. */
  NEVER,
  /** Nothing was tried; the same call may succeed a little later. */
  FREELY,
  /** The call may have taken effect; only the same idempotency key makes a retry safe. */
  WITH_SAME_KEY
}
