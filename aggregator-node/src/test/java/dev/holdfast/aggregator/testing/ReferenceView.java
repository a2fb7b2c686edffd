package dev.holdfast.aggregator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.aggregator.view.GlobalItem;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.UnmetDemand;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.TermsEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the view should be, told as text: a second reading of events and totals that shares no code
 * with the fold.
 */
public final class ReferenceView {
  private final Map<String, Map<String, StockLevel>> stores = new TreeMap<>();
  private final Map<String, long[]> demand = new TreeMap<>();
  private final Map<String, Boolean> frozen = new TreeMap<>();

  public ReferenceView include(List<Event> events) {
    events.forEach(this::include);
    return this;
  }

  private void include(Event event) {
    ToldLevels.of(event).forEach(this::put);
    if (event instanceof Event.CommandRejected rejected) {
      refused(rejected.rejection());
    } else if (event instanceof TermsEvent.StoreTermsChanged changed) {
      frozen.put(changed.store(), changed.frozen());
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

  private void put(StockKey item, StockLevel level) {
    stores.computeIfAbsent(item.sku(), any -> new TreeMap<>()).put(item.store(), level);
  }

  /** Stores in which nothing is sold. */
  public Set<String> frozenStores() {
    return frozen.keySet().stream().filter(this::isFrozen).collect(Collectors.toSet());
  }

  private boolean isFrozen(String store) {
    return frozen.getOrDefault(store, false);
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

  /** One line per SKU that some store has, or that is on its way. */
  public List<String> lines() {
    return stores.entrySet().stream()
        .map(sku -> line(sku.getKey(), sku.getValue()))
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private String line(String sku, Map<String, StockLevel> all) {
    Map<String, StockLevel> there = new TreeMap<>(all);
    there.values().removeIf(StockLevel::isDeleted);
    long inTransit = all.values().stream().mapToLong(StockLevel::netShipped).sum();
    long onHand = all.values().stream().mapToLong(StockLevel::onHand).sum();
    long reserved = all.values().stream().mapToLong(StockLevel::reserved).sum();
    long reservable =
        there.entrySet().stream()
            .filter(each -> !isFrozen(each.getKey()) && !each.getValue().isFrozen())
            .mapToLong(each -> reservable(each.getValue()))
            .sum();
    return there.isEmpty() && inTransit == 0
        ? ""
        : line(sku, List.of(onHand, reserved, inTransit, reservable), there);
  }

  private static long reservable(StockLevel level) {
    return Math.max(0, level.onHand() - level.reserved() - level.safetyStock());
  }

  private static String line(String sku, List<Long> sums, Map<String, StockLevel> levels) {
    return sku + " total " + sums + " in " + levels.size() + " " + levels;
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
    SkuTotal total = item.total();
    List<Long> sums =
        List.of(total.onHand(), total.reserved(), total.inTransit(), item.reservable());
    assertThat(total.stores()).as(item.sku()).isEqualTo(levels.size());
    return line(item.sku(), sums, levels);
  }
}
