package dev.holdfast.aggregator.storage;

import dev.holdfast.aggregator.view.Cursor;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.UnmetDemand;
import dev.holdfast.aggregator.view.ViewRecords;
import dev.holdfast.aggregator.view.ViewUpdate;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Reads single records as they are stored now. */
final class StoredRecords implements ViewRecords {
  private final ViewDatabase database;

  StoredRecords(ViewDatabase database) {
    this.database = database;
  }

  @Override
  public @Nullable StockLevel level(StockKey item) {
    byte[] bytes = get(database.handle(Family.VIEW), ViewKeys.item(item));
    return bytes == null ? null : ViewRecordCodec.level(bytes);
  }

  @Override
  public @Nullable SkuTotal total(String sku) {
    byte[] bytes = get(database.handle(Family.TOTALS), ViewKeys.sku(sku));
    return bytes == null ? null : ViewRecordCodec.total(bytes);
  }

  @Override
  public UnmetDemand demand(String sku) {
    byte[] bytes = get(database.handle(Family.DEMAND), ViewKeys.sku(sku));
    return bytes == null ? UnmetDemand.NONE : ViewRecordCodec.demand(bytes);
  }

  private byte @Nullable [] get(ColumnFamilyHandle family, byte[] key) {
    try {
      return database.db().get(family, key);
    } catch (RocksDBException e) {
      throw new StorageException("cannot read the view", e);
    }
  }

  /** Adds levels, totals, demand and cursors of an update to a write. */
  void fill(WriteBatch batch, ViewUpdate update) throws RocksDBException {
    for (Map.Entry<StockKey, StockLevel> level : update.levels().entrySet()) {
      batch.put(
          database.handle(Family.VIEW),
          ViewKeys.item(level.getKey()),
          ViewRecordCodec.encode(level.getValue()));
    }
    for (Map.Entry<String, SkuTotal> total : update.totals().entrySet()) {
      batch.put(
          database.handle(Family.TOTALS),
          ViewKeys.sku(total.getKey()),
          ViewRecordCodec.encode(total.getValue()));
    }
    for (Map.Entry<String, UnmetDemand> demand : update.demand().entrySet()) {
      batch.put(
          database.handle(Family.DEMAND),
          ViewKeys.sku(demand.getKey()),
          ViewRecordCodec.encode(demand.getValue()));
    }
    for (Map.Entry<Integer, Map<String, Boolean>> frozen : update.frozenStores().entrySet()) {
      FrozenTable.put(database, batch, frozen.getKey(), frozen.getValue());
    }
    for (Map.Entry<Integer, Cursor> cursor : update.cursors().entrySet()) {
      batch.put(
          database.handle(Family.CURSORS),
          ViewKeys.partition(cursor.getKey()),
          ViewRecordCodec.encode(cursor.getValue()));
    }
  }
}
