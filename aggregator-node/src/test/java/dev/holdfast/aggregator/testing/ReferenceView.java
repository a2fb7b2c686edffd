package dev.holdfast.aggregator.testing;

import dev.holdfast.aggregator.view.GlobalItem;
import dev.holdfast.aggregator.view.UnmetDemand;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.ReservationEvent;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the view should be, told as text: a second reading of events and totals that shares no code
 * with the fold.
 */
public final class ReferenceView {
  private final Map<String, Map<String, StockLevel>> stores = new TreeMap<>();
  private final Map<String, long[]> demand = new TreeMap<>();

  public ReferenceView include(List<Event> events) {
    events.forEach(this::include);
    return this;
  }

  private void include(Event event) {
    if (event instanceof Event.ItemCreated created) {
      put(created.item().store(), created.item().sku(), created.after());
    } else if (event instanceof Event.StockAdjusted adjusted) {
      put(adjusted.item().store(), adjusted.item().sku(), adjusted.after());
    } else if (event instanceof ReservationEvent.StockReserved reserved) {
      putAll(reserved.reservation().store(), reserved.lines());
    } else if (event instanceof ReservationEvent.ReservationConfirmed confirmed) {
      putAll(confirmed.reservation().store(), confirmed.lines());
    } else if (event instanceof ReservationEvent.ReservationReleased released) {
      putAll(released.reservation().store(), released.lines());
    } else if (event instanceof Event.CommandRejected rejected) {
      refused(rejected.rejection());
    }
  }

  private void refused(Rejection rejection) {
    if (rejection instanceof Rejection.InsufficientStock unmet) {
      long[] counts = demand.computeIfAbsent(unmet.sku(), any -> new long[2]);
      counts[0]++;
      counts[1] += unmet.requested();
    }
  }

  /** Refusals and units of each SKU that demand was unmet of. */
  public Map<String, UnmetDemand> demand() {
    Map<String, UnmetDemand> unmet = new TreeMap<>();
    demand.forEach((sku, counts) -> unmet.put(sku, new UnmetDemand(counts[0], counts[1])));
    return unmet;
  }

  private void putAll(String store, List<LineChange> lines) {
    lines.forEach(line -> put(store, line.sku(), line.after()));
  }

  private void put(String store, String sku, StockLevel level) {
    stores.computeIfAbsent(sku, any -> new TreeMap<>()).put(store, level);
  }

  /** All levels. */
  public Map<StockKey, StockLevel> levels() {
    Map<StockKey, StockLevel> levels = new HashMap<>();
    stores.forEach(
        (sku, byStore) ->
            byStore.forEach((store, level) -> levels.put(new StockKey(store, sku), level)));
    return levels;
  }

  /** What all levels add up to, added up anew. */
  public StateDigest digest() {
    StateDigest digest = StateDigest.EMPTY;
    for (Map.Entry<StockKey, StockLevel> level : levels().entrySet()) {
      digest = digest.with(level.getKey(), level.getValue());
    }
    return digest;
  }

  /** One line per SKU. */
  public List<String> lines() {
    return stores.entrySet().stream().map(sku -> line(sku.getKey(), sku.getValue())).toList();
  }

  private static String line(String sku, Map<String, StockLevel> levels) {
    long onHand = levels.values().stream().mapToLong(StockLevel::onHand).sum();
    long reserved = levels.values().stream().mapToLong(StockLevel::reserved).sum();
    return sku + " total " + onHand + "/" + reserved + "/" + levels.size() + " " + levels;
  }

  /** The stored view, told the same way. */
  public static List<String> lines(ViewCut cut) {
    var everything = TestViews.bounds(Integer.MAX_VALUE, Integer.MAX_VALUE, true);
    return cut.page("", TestViews.ANY, everything).items().stream()
        .map(ReferenceView::line)
        .toList();
  }

  private static String line(GlobalItem item) {
    Map<String, StockLevel> levels = new TreeMap<>();
    item.stores().forEach(inStore -> levels.put(inStore.store(), inStore.level()));
    return item.sku()
        + " total "
        + item.total().onHand()
        + "/"
        + item.total().reserved()
        + "/"
        + item.total().stores()
        + " "
        + levels;
  }
}
