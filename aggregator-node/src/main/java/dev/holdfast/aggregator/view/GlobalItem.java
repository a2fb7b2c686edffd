package dev.holdfast.aggregator.view;

import dev.holdfast.common.domain.StockLevel;
import java.util.List;

/**
 * One SKU over all stores.
 *
 * @param stores by store in byte order; empty when not asked for
 * @param reservable what reservations could take, without frozen stores
 */
public record GlobalItem(String sku, SkuTotal total, List<InStore> stores, long reservable) {
  /** The level of the SKU in one store. */
  public record InStore(String store, StockLevel level, boolean storeFrozen) {
    /** What a reservation could take there. */
    public long reservable() {
      return storeFrozen || level.isFrozen() ? 0 : level.reservable();
    }
  }
}
