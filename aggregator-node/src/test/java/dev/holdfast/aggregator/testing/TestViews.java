package dev.holdfast.aggregator.testing;

import dev.holdfast.aggregator.invariant.DigestCheck;
import dev.holdfast.aggregator.view.Movement;
import dev.holdfast.aggregator.view.SkuFilter;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.UnmetDemand;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.aggregator.view.ViewUpdate;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.List;
import java.util.Map;

/** Records of a view, for tests that care for some of their parts only. */
public final class TestViews {
  public static final SkuFilter ANY = new SkuFilter("", 0, 0, "");

  private TestViews() {}

  /** With nothing in transit, no safety stock and nothing frozen. */
  public static SkuTotal total(long onHand, long reserved, long stores) {
    return new SkuTotal(onHand, reserved, stores, 0, onHand - reserved);
  }

  /** Whatever is reservable. */
  public static SkuFilter filter(String skuPrefix, long availableBelow, String store) {
    return new SkuFilter(skuPrefix, availableBelow, 0, store);
  }

  /** Of a walk that looks at all. */
  public static ViewCut.PageBounds bounds(int itemsMax, int bytesMax, boolean withStores) {
    return new ViewCut.PageBounds(itemsMax, bytesMax, Integer.MAX_VALUE, withStores);
  }

  /** Of a write that no event led to: nothing moved. */
  public static ViewUpdate update(
      Map<StockKey, StockLevel> levels,
      Map<String, SkuTotal> totals,
      Map<String, UnmetDemand> demand,
      Map<Integer, ViewCursor> cursors,
      List<DigestCheck> violated) {
    return update(levels, totals, demand, cursors, List.of(), violated);
  }

  /** Without refusals and changes of stores. */
  public static ViewUpdate update(
      Map<StockKey, StockLevel> levels,
      Map<String, SkuTotal> totals,
      Map<String, UnmetDemand> demand,
      Map<Integer, ViewCursor> cursors,
      List<Movement> movements,
      List<DigestCheck> violated) {
    return new ViewUpdate(
        levels, totals, demand, cursors, movements, List.of(), violated, Map.of());
  }
}
