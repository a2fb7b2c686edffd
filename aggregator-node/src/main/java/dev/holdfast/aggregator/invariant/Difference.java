package dev.holdfast.aggregator.invariant;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import org.jspecify.annotations.Nullable;

/**
 * An item of which the view and a store node say different things.
 *
 * @param view null when the view has no such record
 * @param stores null when the stores have no such record
 */
public record Difference(StockKey item, @Nullable StockLevel view, @Nullable StockLevel stores) {}
