package dev.holdfast.aggregator.deadletter;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Knows the items that are held, by which letter, and when letters are due. Of an item only its
 * first letter and the content of its last one are in memory; the letters are on disk. For the
 * writer thread.
 */
final class OpenLetters {
  /** A time at which a letter may be due: it may have been dealt with otherwise before. */
  private record Due(long millis, LetterId id) {}

  /**
   * What holds an item.
   *
   * @param told what the item is after its last letter; null when that cannot be read
   */
  private record Held(LetterId first, @Nullable StockLevel told) {}

  private final Map<StockKey, Held> held = new HashMap<>();
  private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::millis));

  boolean isHeld(StockKey item) {
    return !held.isEmpty() && held.containsKey(item);
  }

  /** The letter that an item is held by. */
  @Nullable LetterId first(StockKey item) {
    Held by = held.get(item);
    return by == null ? null : by.first();
  }

  /** The last letter of a held item says that the item is this. */
  void tell(StockKey item, @Nullable StockLevel told) {
    held.computeIfPresent(item, (any, by) -> new Held(by.first(), told));
  }

  /** The held items of a partition, and what they are after their last letters. */
  void forEachHeld(int partition, BiConsumer<StockKey, StockLevel> visitor) {
    held.forEach(
        (item, by) -> {
          StockLevel told = by.told();
          if (by.first().partition() == partition && told != null) {
            visitor.accept(item, told);
          }
        });
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
      held.compute(id.item(), (any, before) -> new Held(id, before == null ? null : before.told()));
    }
  }

  void release(StockKey item) {
    held.remove(item);
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
