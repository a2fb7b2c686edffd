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

  public SkuTotal {
    if (reserved < 0 || reserved > onHand || stores < 0) {
      throw new IllegalArgumentException(
          "impossible total: on hand " + onHand + ", reserved " + reserved + ", stores " + stores);
    }
  }

  public long available() {
    return onHand - reserved;
  }

  /** The total after the level of one store changed; before is null when the item is new there. */
  public SkuTotal changed(@Nullable StockLevel before, StockLevel after) {
    if (before == null) {
      return plus(after.onHand(), after.reserved(), 1);
    }
    return plus(after.onHand() - before.onHand(), after.reserved() - before.reserved(), 0);
  }

  private SkuTotal plus(long onHandMore, long reservedMore, int storesMore) {
    return new SkuTotal(
        Math.addExact(onHand, onHandMore),
        Math.addExact(reserved, reservedMore),
        stores + storesMore);
  }
}
