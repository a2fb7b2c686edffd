package dev.holdfast.aggregator.deadletter;

/** Computes the pause before the next try. Pure: chance comes in as a number. */
final class Backoff {
  private static final long FIRST_MILLIS = 1_000;
  private static final int FACTOR = 4;

  private Backoff() {}

  /**
   * Four times as long after each failure, and between half and all of that, so that what failed
   * together is not tried together.
   *
   * @param chance from 0 to 1
   */
  static long millis(int failures, double chance) {
    double full = FIRST_MILLIS * Math.pow(FACTOR, failures - 1.0);
    return Math.round(full / 2 * (1 + chance));
  }
}
