package dev.holdfast.aggregator.deadletter;

import dev.holdfast.common.domain.StockKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Which items are held, by which letter, and when letters are due. Only the first letter of an item
 * is in memory; those behind it are on disk. For the writer thread.
 */
final class OpenLetters {
  /** A time at which a letter may be due: it may have been dealt with otherwise before. */
  private record Due(long millis, LetterId id) {}

  private final Map<StockKey, LetterId> first = new HashMap<>();
  private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::millis));

  boolean isHeld(StockKey item) {
    return !first.isEmpty() && first.containsKey(item);
  }

  /** The letter that an item is held by. */
  @Nullable LetterId first(StockKey item) {
    return first.get(item);
  }

  /** A letter that is the first of its item, and new or changed. */
  void put(DeadLetter letter) {
    hold(letter.id());
    if (letter.state() == LetterState.RETRYING) {
      later(letter.id(), letter.retryMillis());
    }
  }

  /** A letter is to be looked at again at some time. */
  void later(LetterId id, long millis) {
    due.add(new Due(millis, id));
  }

  void hold(LetterId id) {
    if (id.isOfKnownItem()) {
      first.put(id.item(), id);
    }
  }

  void release(StockKey item) {
    first.remove(item);
  }

  /** Takes out what may be due by now. */
  List<LetterId> due(long nowMillis, int lettersMax) {
    List<LetterId> ids = new ArrayList<>();
    while (ids.size() < lettersMax && isDue(nowMillis)) {
      ids.add(due.remove().id());
    }
    return ids;
  }

  boolean isDue(long nowMillis) {
    Due next = due.peek();
    return next != null && next.millis() <= nowMillis;
  }
}
