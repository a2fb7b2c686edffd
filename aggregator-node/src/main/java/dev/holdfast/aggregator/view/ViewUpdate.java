package dev.holdfast.aggregator.view;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.Map;

/**
 * What one write changes: absolute values, and the cursors that they stand on. Stored all at once
 * or not at all.
 *
 * @param cursors by partition
 */
public record ViewUpdate(
    Map<StockKey, StockLevel> levels, Map<String, SkuTotal> totals, Map<Integer, Cursor> cursors) {}
