package dev.holdfast.store.cluster;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.state.db.AppliedState;
import dev.holdfast.store.state.read.StateReads;
import dev.holdfast.store.state.read.StockScan;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one replica holds, read from its own database. Equal chain hashes mean equal logs.
 *
 * @param chain hash of the last batch, which stands for all before it
 */
record ReplicaContent(
    long sequence,
    String chain,
    long receipts,
    long receiptsEvictedThrough,
    Map<StockKey, StockLevel> stock) {

  static ReplicaContent of(StateReads store) {
    AppliedState applied = store.applied();
    Map<StockKey, StockLevel> stock = new LinkedHashMap<>();
    new StockScan(store)
        .after(null, null, Integer.MAX_VALUE)
        .forEach(row -> stock.put(row.item(), row.level()));
    return new ReplicaContent(
        applied.sequence(),
        HexFormat.of().formatHex(applied.batchHash()),
        applied.receiptsCount(),
        applied.receiptsEvictedThrough(),
        stock);
  }
}
