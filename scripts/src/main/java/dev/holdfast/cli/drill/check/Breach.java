package dev.holdfast.cli.drill.check;

/** The promises that a history can break. */
public enum Breach {
  /** Acknowledged, but not in the log. */
  LOST,
  /** Twice in the log, or at one position together with another command. */
  DOUBLED,
  /** In the log, though nobody asked for it, or its caller was told that it was not tried. */
  UNASKED,
  /** One key, two answers. */
  KEY_WITH_TWO_ANSWERS,
  /** Placed before something that had ended when it began. */
  REORDERED,
  /** A read without an event that had ended when it began, or that never saw such a state. */
  WRONG_READ,
  /** Acknowledged, though it had to be refused. */
  WRONGLY_ACCEPTED,
  /** Refused, though it was not so at any moment of the call. */
  NEVER_TRUE,
  /** Acknowledged with other levels or versions than it led to. */
  WRONG_ANSWER,
  /** A reservation expired before its time, or one that was not open. */
  EXPIRED_EARLY,
  /** Units arrived that were not handed over, or not as they were. */
  WRONG_ARRIVAL,
  /** The log has a gap, or its time runs backwards. */
  BROKEN_LOG,
  /** No order of the calls explains their answers. */
  NOT_LINEARIZABLE,
  /** The checker could not tell. */
  UNDECIDED
}
