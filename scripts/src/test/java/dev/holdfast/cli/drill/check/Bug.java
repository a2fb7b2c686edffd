package dev.holdfast.cli.drill.check;

/** The mistakes that a simulated cluster can make, once each. */
enum Bug {
  NONE,
  /** A write is acknowledged and forgotten. */
  LOST_WRITE,
  /** A write takes place twice. */
  DOUBLED_WRITE,
  /** A read does not show what had ended when it began. */
  STALE_READ,
  /** Of an order only the first operation takes place. */
  TORN_ORDER,
  /** A sale is accepted though there is less. */
  OVERSOLD,
  /** A sale is refused though there is enough. */
  UNTRUE_REFUSAL,
  /** A write with the token of a lease that another caller has by now is accepted. */
  STOLEN_LEASE_USED,
  /** A reservation expires before its time. */
  EARLY_EXPIRY,
  /** A change raises the version by two. */
  SKIPPED_VERSION,
  /** Units that were handed over once arrive twice. */
  DOUBLED_ARRIVAL
}
