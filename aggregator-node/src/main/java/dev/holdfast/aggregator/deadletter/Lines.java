package dev.holdfast.aggregator.deadletter;

import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The letters of an item stand in line: only the first is tried; when it leaves, the next moves up
 * and is tried at once. For one write.
 */
final class Lines {
  private final Deque<Trial> trials;
  private final OpenLetters open;
  private final LetterChanges changes;

  /**
   * @param trials what is to be tried, in this write or in later ones
   */
  Lines(Deque<Trial> trials, OpenLetters open, LetterChanges changes) {
    this.trials = trials;
    this.open = open;
    this.changes = changes;
  }

  /** The letter that stands for this one: the first of its item. */
  LetterId firstOf(LetterId id) {
    LetterId first = open.first(id.item());
    return first == null ? id : first;
  }

  /** A letter was applied. */
  void mended(LetterId id, @Nullable Request request) {
    changes.mended(id);
    leave(id, request);
  }

  /** A letter is given up; false when it is not open any more. */
  boolean discard(LetterId id, String reason, @Nullable Request request) {
    DeadLetter letter = changes.open(id);
    if (letter == null) {
      return false;
    }
    changes.discarded(letter.discarded(reason));
    tellWithout(id);
    leave(id, request);
    return true;
  }

  /** When the last letter of an item is given up, the one before it tells what the item is. */
  private void tellWithout(LetterId id) {
    LetterId last = open.first(id.item());
    if (last == null || last.equals(id) || changes.following(id) != null) {
      return;
    }
    LetterId next = changes.following(last);
    while (next != null) {
      last = next;
      next = changes.following(last);
    }
    DeadLetter letter = changes.open(last);
    open.tell(id.item(), letter == null ? null : changes.told(letter));
  }

  private void leave(LetterId id, @Nullable Request request) {
    if (!id.equals(open.first(id.item()))) {
      return;
    }
    LetterId next = changes.following(id);
    if (next == null) {
      open.release(id.item());
    } else {
      open.hold(next);
      trials.addFirst(Trial.of(next, request));
    }
  }
}
