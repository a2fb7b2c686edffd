package dev.holdfast.aggregator.view;

import dev.holdfast.common.domain.StockLevel;
import java.util.List;

/**
 * One SKU over all stores.
 *
 * @param stores by store in byte order; empty when not asked for
 */
public record GlobalItem(String sku, SkuTotal total, List<InStore> stores) {
  /** The level of the SKU in one store. */
  public record InStore(String store, StockLevel level) {}
}
