package dev.holdfast.aggregator.view;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import org.jspecify.annotations.Nullable;

/** The stored view as a projection reads it. */
public interface ViewRecords {
  @Nullable StockLevel level(StockKey item);

  @Nullable SkuTotal total(String sku);

  UnmetDemand demand(String sku);
}
