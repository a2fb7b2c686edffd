package dev.holdfast.aggregator.view;

import dev.holdfast.common.domain.StockLevel;
import org.jspecify.annotations.Nullable;

/**
 * One SKU over all stores.
 *
 * @param stores how many stores have the item
 */
public record SkuTotal(long onHand, long reserved, long stores) {
  /** Of a SKU that no store has. */
  public static final SkuTotal NONE = new SkuTotal(0, 0, 0);

  public long available() {
    return onHand - reserved;
  }

  /** The total after the level of one store changed; before is null when the item is new there. */
  public SkuTotal changed(@Nullable StockLevel before, StockLevel after) {
    if (before == null) {
      return new SkuTotal(onHand + after.onHand(), reserved + after.reserved(), stores + 1);
    }
    return new SkuTotal(
        onHand + after.onHand() - before.onHand(),
        reserved + after.reserved() - before.reserved(),
        stores);
  }
}
