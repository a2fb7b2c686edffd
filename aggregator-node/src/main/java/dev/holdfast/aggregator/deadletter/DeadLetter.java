package dev.holdfast.aggregator.deadletter;

/**
 * A change that is not in the view. Its event is kept once for all letters of it, elsewhere.
 *
 * @param reason why the last try failed, or what it waits for
 * @param discardReason why it was given up; empty while it is not
 * @param attempts tries that failed
 * @param lastAttemptMillis 0 when it was never tried
 * @param retryMillis when it is tried again by itself; 0 when it is not
 * @param asked what its batch says of it
 */
public record DeadLetter(
    LetterId id,
    LetterState state,
    String reason,
    String discardReason,
    int attempts,
    long parkedMillis,
    long lastAttemptMillis,
    long retryMillis,
    Asked asked) {
  /** Tries before an operator is waited for. */
  static final int ATTEMPTS_MAX = 3;

  /** A change whose first try failed. */
  static DeadLetter failed(LetterId id, String reason, Pace pace, Asked asked) {
    return waiting(id, reason, pace, asked).failedAgain(reason, pace);
  }

  /** A change that was not tried. */
  static DeadLetter waiting(LetterId id, String reason, Pace pace, Asked asked) {
    return new DeadLetter(id, LetterState.WAITING, reason, "", 0, pace.nowMillis(), 0, 0, asked);
  }

  DeadLetter failedAgain(String why, Pace pace) {
    int tries = attempts + 1;
    boolean last = tries >= ATTEMPTS_MAX;
    return new DeadLetter(
        id,
        last ? LetterState.PARKED : LetterState.RETRYING,
        why,
        "",
        tries,
        parkedMillis,
        pace.nowMillis(),
        last ? 0 : pace.retryMillis(tries),
        asked);
  }

  DeadLetter discarded(String why) {
    return new DeadLetter(
        id,
        LetterState.DISCARDED,
        reason,
        why,
        attempts,
        parkedMillis,
        lastAttemptMillis,
        0,
        asked);
  }

  /** Whether the change may still be applied. */
  public boolean isOpen() {
    return state != LetterState.DISCARDED;
  }

  /** Whether it is to be tried by itself now, if it is the first of its item. */
  boolean isDue(long nowMillis) {
    return isOpen() && state != LetterState.PARKED && retryMillis <= nowMillis;
  }

  /** Whether it was tried, and is the first of its item. */
  public boolean isFirst() {
    return state == LetterState.RETRYING || state == LetterState.PARKED;
  }
}
