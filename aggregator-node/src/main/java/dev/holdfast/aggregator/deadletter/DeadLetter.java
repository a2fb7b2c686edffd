package dev.holdfast.aggregator.deadletter;

import dev.holdfast.aggregator.view.UnreadableEventException;
import dev.holdfast.common.codec.UnreadableException;

/**
 * A change that is not in the view. Its event is kept once for all letters of it, elsewhere.
 *
 * @param reason why the last try failed, or what it waits for
 * @param discardReason empty while it is not discarded
 * @param attempts tries that failed
 * @param lastAttemptMillis 0 when it was never tried
 * @param retryMillis when it is tried again by itself; 0 when it is not
 * @param stamp of its event
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
    EventStamp stamp) {
  /** Tries before an operator is waited for. */
  static final int ATTEMPTS_MAX = 3;

  private static final int REASON_LENGTH_MAX = 256;

  /** A change whose first try failed. */
  static DeadLetter failed(LetterId id, Exception cause, RetryPace pace, EventStamp stamp) {
    return waiting(id, "", pace, stamp).failedAgain(cause, pace);
  }

  /** A change that was not tried. */
  static DeadLetter waiting(LetterId id, String reason, RetryPace pace, EventStamp stamp) {
    return new DeadLetter(id, LetterState.WAITING, reason, "", 0, pace.nowMillis(), 0, 0, stamp);
  }

  DeadLetter failedAgain(Exception cause, RetryPace pace) {
    int tries = attempts + 1;
    boolean last = tries >= ATTEMPTS_MAX;
    return new DeadLetter(
        id,
        last ? LetterState.PARKED : LetterState.RETRYING,
        reason(cause),
        "",
        tries,
        parkedMillis,
        pace.nowMillis(),
        last ? 0 : pace.retryMillis(tries),
        stamp);
  }

  /** One line that says enough. */
  private static String reason(Exception cause) {
    boolean clear =
        cause instanceof UnreadableEventException || cause instanceof UnreadableException;
    String message = String.valueOf(cause.getMessage());
    String text = clear ? message : cause.getClass().getSimpleName() + ": " + message;
    return text.length() <= REASON_LENGTH_MAX ? text : text.substring(0, REASON_LENGTH_MAX);
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
        stamp);
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
