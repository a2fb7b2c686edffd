package dev.holdfast.aggregator.deadletter;

import com.google.protobuf.ByteString;
import dev.holdfast.aggregator.view.EventChanges;
import dev.holdfast.common.codec.RawEvents;
import dev.holdfast.common.codec.UnreadableException;
import dev.holdfast.common.domain.StockLevel;
import org.jspecify.annotations.Nullable;

/**
 * A change that is not in the view.
 *
 * @param reason why the last try failed, or what it waits for
 * @param discardReason why it was given up; empty while it is not
 * @param attempts tries that failed
 * @param lastAttemptMillis 0 when it was never tried
 * @param retryMillis when it is tried again by itself; 0 when it is not
 * @param event the encoded holdfast.log.v1.Event, as it stands in the log
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
    ByteString event,
    Asked asked) {
  /** Tries before an operator is waited for. */
  static final int ATTEMPTS_MAX = 3;

  /** A change whose first try failed. */
  static DeadLetter failed(LetterId id, String reason, Pace pace, ByteString event, Asked asked) {
    return waiting(id, reason, pace, event, asked).failedAgain(reason, pace);
  }

  /** A change that was not tried. */
  static DeadLetter waiting(LetterId id, String reason, Pace pace, ByteString event, Asked asked) {
    return new DeadLetter(
        id, LetterState.WAITING, reason, "", 0, pace.nowMillis(), 0, 0, event, asked);
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
        event,
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
        event,
        asked);
  }

  /** What the item is after the change; null when that can not be read. */
  @Nullable StockLevel told() {
    try {
      return EventChanges.after(RawEvents.decode(event.toByteArray(), asked.origin()), id.item());
    } catch (UnreadableException | RuntimeException unreadable) {
      return null;
    }
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
