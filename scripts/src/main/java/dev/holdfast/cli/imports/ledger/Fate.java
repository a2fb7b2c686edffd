package dev.holdfast.cli.imports.ledger;

/** The outcome of a line in an earlier run. */
public enum Fate {
  TAKEN,
  REFUSED,
  /** The line was sent, and its outcome was never learned. */
  UNKNOWN
}
