package dev.holdfast.store.state;

import dev.holdfast.common.domain.StateDigest;

/** The stock records of this replica are not what they must be. */
public final class DigestFault extends StateFault {
  private static final long serialVersionUID = 1L;

  /**
   * @param where the place at which the two should be equal
   * @param expected what the log says
   * @param found what this replica has
   */
  public DigestFault(String where, StateDigest expected, StateDigest found) {
    super(message(where, expected, found));
  }

  DigestFault(String where, HeldDigest expected, HeldDigest found) {
    super(message(where, expected, found));
  }

  private static String message(String where, Object expected, Object found) {
    return "the state differs from " + where + ": expected " + expected + ", found " + found;
  }
}
