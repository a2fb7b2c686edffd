package dev.holdfast.aggregator.view;

import dev.holdfast.aggregator.invariant.DigestCheck;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.List;
import java.util.Map;

/**
 * The changes of one write: absolute values, and the cursors that they stand on. Stored all at once
 * or not at all.
 *
 * @param demand by SKU
 * @param cursors by partition
 * @param movements what events did to items, in the order in which they were applied
 * @param refused commands that were decided against
 * @param violated the checks that failed for parts that were trusted until then
 * @param frozenStores what became of stores, by partition: whether each is frozen
 */
public record ViewUpdate(
    Map<StockKey, StockLevel> levels,
    Map<String, SkuTotal> totals,
    Map<String, UnmetDemand> demand,
    Map<Integer, ViewCursor> cursors,
    List<Movement> movements,
    List<RefusedCommand> refused,
    List<DigestCheck> violated,
    Map<Integer, Map<String, Boolean>> frozenStores) {}
