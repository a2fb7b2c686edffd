package dev.holdfast.aggregator.storage;

import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.UnmetDemand;
import dev.holdfast.aggregator.view.ViewRecords;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;

/** Reads single records as they are stored now. */
final class StoredRecords implements ViewRecords {
  private final ViewDatabase database;

  StoredRecords(ViewDatabase database) {
    this.database = database;
  }

  @Override
  public @Nullable StockLevel level(StockKey item) {
    byte[] bytes = get(database.view(), ViewKeys.item(item));
    return bytes == null ? null : ViewRecordCodec.level(bytes);
  }

  @Override
  public @Nullable SkuTotal total(String sku) {
    byte[] bytes = get(database.totals(), ViewKeys.sku(sku));
    return bytes == null ? null : ViewRecordCodec.total(bytes);
  }

  @Override
  public UnmetDemand demand(String sku) {
    byte[] bytes = get(database.demand(), ViewKeys.sku(sku));
    return bytes == null ? UnmetDemand.NONE : ViewRecordCodec.demand(bytes);
  }

  private byte @Nullable [] get(ColumnFamilyHandle family, byte[] key) {
    try {
      return database.db().get(family, key);
    } catch (RocksDBException e) {
      throw new StorageException("can not read the view", e);
    }
  }
}
