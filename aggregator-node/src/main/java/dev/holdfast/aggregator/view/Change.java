package dev.holdfast.aggregator.view;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;

/** What one event does to one item: the unit that is applied, parked or discarded. */
public record Change(StockKey item, StockLevel after) {}
