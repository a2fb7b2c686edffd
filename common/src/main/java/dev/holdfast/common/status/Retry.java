package dev.holdfast.common.status;

/** The ways in which a caller can ask again after a refusal. */
public enum Retry {
  /** The same call gets the same answer. */
  NEVER,
  /** Nothing was tried: the same call may succeed a little later. */
  FREELY,
  /** It may or may not have happened: only the same idempotency key makes asking again safe. */
  WITH_SAME_KEY
}
