package dev.holdfast.aggregator.view;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import org.jspecify.annotations.Nullable;

/**
 * The effect of one event on one item: the unit that is applied, parked or discarded.
 *
 * @param before the level as the event tells it, null when the item is new
 */
public record ItemChange(StockKey item, @Nullable StockLevel before, StockLevel after) {}
