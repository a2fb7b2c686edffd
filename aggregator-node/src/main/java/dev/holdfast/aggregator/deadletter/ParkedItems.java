package dev.holdfast.aggregator.deadletter;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Knows the items that have open letters, and which letters are to be tried when. Of an item only
 * its first letter and the level after its last one are in memory; the letters are on disk. For the
 * writer thread.
 */
final class ParkedItems {
  /** A time at which a letter may be due: it may have been dealt with otherwise before. */
  private record Due(long millis, LetterId id) {}

  /**
   * The open letters of an item.
   *
   * @param after the level of the item after its last letter; null when that cannot be read
   */
  private record Parked(LetterId first, @Nullable StockLevel after) {}

  private final Map<StockKey, Parked> items = new HashMap<>();
  private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::millis));

  /** Letters that are to be tried now, in this write or in later ones. */
  private final Deque<LetterRetry> retries = new ArrayDeque<>();

  boolean isParked(StockKey item) {
    return !items.isEmpty() && items.containsKey(item);
  }

  /** The first open letter of an item. */
  @Nullable LetterId first(StockKey item) {
    Parked parked = items.get(item);
    return parked == null ? null : parked.first();
  }

  /** The last letter of a parked item leaves it at this level. */
  void setLevel(StockKey item, @Nullable StockLevel after) {
    items.computeIfPresent(item, (any, parked) -> new Parked(parked.first(), after));
  }

  /** Visits the parked items of a partition, with their levels after their last letters. */
  void forEach(int partition, BiConsumer<StockKey, StockLevel> visitor) {
    items.forEach(
        (item, parked) -> {
          StockLevel after = parked.after();
          if (parked.first().partition() == partition && after != null) {
            visitor.accept(item, after);
          }
        });
  }

  /** A letter that is the first of its item, and new or changed. */
  void put(DeadLetter letter) {
    setFirst(letter.id());
    if (letter.state() == LetterState.RETRYING) {
      tryAt(letter.retryMillis(), letter.id());
    }
  }

  void setFirst(LetterId id) {
    if (id.isOfKnownItem()) {
      items.compute(
          id.item(), (any, before) -> new Parked(id, before == null ? null : before.after()));
    }
  }

  /** No letter of an item is open any more. */
  void remove(StockKey item) {
    items.remove(item);
  }

  void tryAt(long millis, LetterId id) {
    due.add(new Due(millis, id));
  }

  /** Takes out the letters that may be due by now. */
  List<LetterId> due(long nowMillis, int lettersMax) {
    List<LetterId> ids = new ArrayList<>();
    while (ids.size() < lettersMax && isDue(nowMillis)) {
      ids.add(due.remove().id());
    }
    return ids;
  }

  private boolean isDue(long nowMillis) {
    Due next = due.peek();
    return next != null && next.millis() <= nowMillis;
  }

  /** Whether a letter is to be tried now. */
  boolean hasRetries(long nowMillis) {
    return !retries.isEmpty() || isDue(nowMillis);
  }

  Deque<LetterRetry> retries() {
    return retries;
  }
}
