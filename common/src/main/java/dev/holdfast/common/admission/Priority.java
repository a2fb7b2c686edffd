package dev.holdfast.common.admission;

/** The class of a call or a command, the most important first. Under load the last go first. */
public enum Priority {
  /** Ends or keeps a promise: confirm, release, hand-over, expiry, membership, health. */
  PROMISE,
  /** Sells: reserve, order, lease. */
  SALE,
  /** Maintains: adjust, count, terms, transfers, batches. */
  UPKEEP,
  /** Looks around: lists, history, exports, watches. */
  LOOK
}
