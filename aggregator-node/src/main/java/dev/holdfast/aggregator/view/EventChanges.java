package dev.holdfast.aggregator.view;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.IgnoredChanges;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes events apart into changes, by the same fold as everywhere. Reads and keeps nothing. */
public final class EventChanges extends IgnoredChanges {
  private final List<ItemChange> changes = new ArrayList<>();

  /** The changes of an event, until the next call; throws when the event makes no sense. */
  List<ItemChange> of(RecordedEvent event, long timeMillis) {
    changes.clear();
    if (event.event() instanceof Event.Unreadable unreadable) {
      throw new UnreadableEventException(unreadable.reason());
    }
    event.foldInto(this, timeMillis);
    if (event.event() instanceof Event.OrderExecuted) {
      merge();
    }
    return changes;
  }

  /** An order may change an item several times, which is one change: it is there or it is not. */
  private void merge() {
    Map<StockKey, ItemChange> byItem = new LinkedHashMap<>();
    for (ItemChange change : changes) {
      byItem.merge(
          change.item(),
          change,
          (first, later) -> new ItemChange(first.item(), first.before(), later.after()));
    }
    changes.clear();
    changes.addAll(byItem.values());
  }

  /** What the items that an event changes are after it; the event has to make sense. */
  public static Map<StockKey, StockLevel> after(RecordedEvent event) {
    Map<StockKey, StockLevel> levels = new HashMap<>();
    for (ItemChange change : new EventChanges().of(event, 0)) { // no level depends on the time
      levels.put(change.item(), change.after());
    }
    return levels;
  }

  @Override
  public void putStock(StockKey item, @Nullable StockLevel before, StockLevel after) {
    changes.add(new ItemChange(item, before, after));
  }
}
