package dev.holdfast.aggregator.view;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import org.jspecify.annotations.Nullable;

/**
 * The effect of one event on one item: the unit that is applied, parked or discarded.
 *
 * @param told the level before as the event tells it, null when the item is new
 */
public record Change(StockKey item, @Nullable StockLevel told, StockLevel after) {}
