package dev.holdfast.common.domain;

import org.jspecify.annotations.Nullable;

/**
 * Units of one SKU that arrived in a store, or came back to it, and the stock afterwards.
 *
 * @param revived whether the item had been deleted
 */
public record CreditedLine(String sku, long quantity, StockLevel after, boolean revived) {
  private static final long VERSION_AT_CREATION = 1;

  /** The stock before; null when the store did not have the item. */
  @Nullable StockLevel before() {
    if (after.version() == VERSION_AT_CREATION) {
      return null;
    }
    StockLevel before = after.shipped(quantity);
    return new StockLevel(
        before.onHand(),
        before.reserved(),
        after.version() - 1,
        before.netShipped(),
        before.safetyStock(),
        revived ? StockLevel.State.DELETED : before.state());
  }
}
