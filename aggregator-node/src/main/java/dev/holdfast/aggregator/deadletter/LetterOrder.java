package dev.holdfast.aggregator.deadletter;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the order of an item's letters: only the first is tried; when it leaves, the next one is
 * the first and is tried at once. For one write.
 */
final class LetterOrder {
  private final ParkedItems parked;
  private final LetterChanges changes;
  private final DeadLetterMetrics metrics;

  LetterOrder(ParkedItems parked, LetterChanges changes, DeadLetterMetrics metrics) {
    this.parked = parked;
    this.changes = changes;
    this.metrics = metrics;
  }

  /** The letter that is tried in place of this one: the first of its item. */
  LetterId firstOf(LetterId id) {
    LetterId first = parked.first(id.item());
    return first == null ? id : first;
  }

  /** A letter was applied. */
  void applied(LetterId id, @Nullable OperatorRequest request) {
    changes.applied(id);
    leave(id, request);
  }

  /** Discards a letter; false when it is not open any more. */
  boolean discard(LetterId id, String reason, @Nullable OperatorRequest request) {
    DeadLetter letter = changes.open(id);
    if (letter == null) {
      return false;
    }
    changes.discarded(letter.discarded(reason));
    setLevelWithout(id);
    leave(id, request);
    metrics.discarded();
    return true;
  }

  /** When the last letter of an item is discarded, the one before it tells the level. */
  private void setLevelWithout(LetterId id) {
    LetterId last = parked.first(id.item());
    if (last == null || last.equals(id) || changes.following(id) != null) {
      return;
    }
    LetterId next = changes.following(last);
    while (next != null) {
      last = next;
      next = changes.following(last);
    }
    DeadLetter letter = changes.open(last);
    parked.setLevel(id.item(), letter == null ? null : changes.levelAfter(letter));
  }

  private void leave(LetterId id, @Nullable OperatorRequest request) {
    if (!id.equals(parked.first(id.item()))) {
      return;
    }
    LetterId next = changes.following(id);
    if (next == null) {
      parked.remove(id.item());
    } else {
      parked.setFirst(next);
      parked.retries().addFirst(LetterRetry.of(next, request));
    }
  }
}
