package dev.holdfast.aggregator.deadletter;

/** The state of a parked change. */
public enum LetterState {
  /** Will be tried again by itself. */
  RETRYING,
  /** All tries failed: waits for an operator. */
  PARKED,
  /** Was not tried: waits behind another change of the same item. */
  WAITING,
  /** Discarded; kept for audit. */
  DISCARDED
}
