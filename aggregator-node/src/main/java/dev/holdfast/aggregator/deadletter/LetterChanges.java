package dev.holdfast.aggregator.deadletter;

import com.google.protobuf.ByteString;
import dev.holdfast.aggregator.view.HistorySince;
import dev.holdfast.common.domain.StockLevel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The stored letters under what one write changes in them. For one write, in one thread. */
final class LetterChanges {
  private final LetterRecords stored;
  private final Map<Integer, ChangeCounts> storedCounts;
  private final LetterBounds bounds;
  private final Map<EventPlace, ByteString> events = new HashMap<>();
  private final Map<LetterId, DeadLetter> kept = new LinkedHashMap<>();
  private final ParkedLevels levels = new ParkedLevels(this::event);
  private final Set<LetterId> removed = new HashSet<>();
  private final Map<String, Long> parkedBySku = new HashMap<>();
  private final Map<Integer, ChangeCounts> counts = new HashMap<>();
  private final Map<Integer, HistorySince> lost = new HashMap<>();

  LetterChanges(
      LetterRecords stored, Map<Integer, ChangeCounts> storedCounts, LetterBounds bounds) {
    this.stored = stored;
    this.storedCounts = storedCounts;
    this.bounds = bounds;
  }

  @Nullable DeadLetter open(LetterId id) {
    if (removed.contains(id)) {
      return null;
    }
    DeadLetter changed = kept.get(id);
    DeadLetter letter = changed != null ? changed : stored.letter(id);
    return letter != null && letter.isOpen() ? letter : null;
  }

  /** The encoded event of letters. */
  @Nullable ByteString event(EventPlace place) {
    ByteString parked = events.get(place);
    return parked != null ? parked : stored.event(place);
  }

  /** The level of the item after a letter's change; null when that cannot be read. */
  @Nullable StockLevel levelAfter(DeadLetter letter) {
    return levels.after(letter);
  }

  /** The open letter that waits behind another of the same item. */
  @Nullable LetterId following(LetterId id) {
    LetterId next = stored.following(id);
    while (next != null && open(next) == null) {
      next = stored.following(next);
    }
    return next;
  }

  void applied(int partition, long changes) {
    count(partition, before -> before.withApplied(changes));
  }

  /** An event that names an item twice makes one letter, which is tried as one. */
  void parked(DeadLetter letter, ByteString event) {
    events.put(letter.id().place(), event);
    if (kept.putIfAbsent(letter.id(), letter) == null) {
      count(letter.id().partition(), before -> before.withParked(1));
      countOfSku(letter.id(), 1);
    }
  }

  void failedAgain(DeadLetter letter) {
    kept.put(letter.id(), letter);
  }

  void applied(LetterId id) {
    kept.remove(id);
    removed.add(id);
    count(id.partition(), ChangeCounts::withRetried);
    countOfSku(id, -1);
  }

  void discarded(DeadLetter letter) {
    kept.put(letter.id(), letter);
    HistorySince place = new HistorySince(letter.id().sequence(), letter.stamp().timeMillis());
    lost.merge(letter.id().partition(), place, HistorySince::max);
    count(letter.id().partition(), ChangeCounts::withDiscarded);
    countOfSku(letter.id(), -1);
  }

  /** Keeps only so many discarded letters of a partition: those of the latest events. */
  void forgetOldest(int partition) {
    List<LetterId> discarded = new ArrayList<>(stored.discarded(partition));
    kept.values().stream()
        .filter(letter -> !letter.isOpen() && letter.id().partition() == partition)
        .forEach(letter -> discarded.add(letter.id()));
    discarded.removeIf(removed::contains);
    discarded.sort(Comparator.comparingLong(LetterId::sequence));
    for (LetterId oldest :
        discarded.subList(0, Math.max(0, discarded.size() - bounds.discardedMax()))) {
      kept.remove(oldest);
      removed.add(oldest);
    }
  }

  private void count(int partition, UnaryOperator<ChangeCounts> change) {
    counts.put(partition, change.apply(counts(partition)));
  }

  ChangeCounts counts(int partition) {
    ChangeCounts changed = counts.get(partition);
    return changed != null ? changed : storedCounts.getOrDefault(partition, ChangeCounts.NONE);
  }

  private void countOfSku(LetterId id, int more) {
    if (id.isOfKnownItem()) {
      String sku = id.item().sku();
      long before = parkedBySku.computeIfAbsent(sku, stored::parked);
      parkedBySku.put(sku, before + more);
    }
  }

  LetterUpdate update() {
    return new LetterUpdate(events, kept, removed, parkedBySku, counts, lost);
  }
}
