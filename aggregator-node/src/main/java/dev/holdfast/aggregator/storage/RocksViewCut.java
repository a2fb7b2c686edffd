package dev.holdfast.aggregator.storage;

import dev.holdfast.aggregator.view.Cursor;
import dev.holdfast.aggregator.view.Found;
import dev.holdfast.aggregator.view.GlobalItem;
import dev.holdfast.aggregator.view.HistorySearch;
import dev.holdfast.aggregator.view.HistorySince;
import dev.holdfast.aggregator.view.ItemHistory;
import dev.holdfast.aggregator.view.SkuFilter;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.UnmetDemand;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/** A cut on a RocksDB snapshot. */
final class RocksViewCut implements ViewCut {
  private final ViewDatabase database;
  private final Snapshot snapshot;
  private final ReadOptions read;

  RocksViewCut(ViewDatabase database) {
    database.uses().begin();
    this.database = database;
    this.snapshot = database.db().getSnapshot();
    this.read = new ReadOptions().setSnapshot(snapshot);
  }

  @Override
  public Optional<GlobalItem> item(String sku) {
    byte[] key = ViewKeys.sku(sku);
    byte[] bytes = get(database.handle(Family.TOTALS), key);
    SkuTotal total = bytes == null ? SkuTotal.NONE : ViewRecordCodec.total(bytes);
    if (total.isGone()) {
      return parkedChanges(sku) == 0
          ? Optional.empty()
          : Optional.of(new GlobalItem(sku, SkuTotal.NONE, List.of(), 0));
    }
    try (RocksIterator view = database.db().newIterator(database.handle(Family.VIEW), read)) {
      List<GlobalItem.InStore> stores = SkuScan.stores(view, key, FrozenTable.all(database, read));
      return Optional.of(new GlobalItem(sku, total, stores, SkuScan.reservable(stores)));
    }
  }

  @Override
  public Page page(String afterSku, SkuFilter filter, PageBounds bounds) {
    try (SkuScan scan = new SkuScan(database, read, filter, bounds)) {
      return scan.page(afterSku);
    }
  }

  @Override
  public UnmetDemand unmetDemand(String sku) {
    byte[] bytes = get(database.handle(Family.DEMAND), ViewKeys.sku(sku));
    return bytes == null ? UnmetDemand.NONE : ViewRecordCodec.demand(bytes);
  }

  @Override
  public long parkedChanges(String sku) {
    byte[] bytes = get(database.handle(Family.PARKED), ViewKeys.sku(sku));
    return bytes == null ? 0 : LetterRecordCodec.parked(bytes);
  }

  @Override
  public boolean isParked(StockKey item) {
    return parkedChanges(item) > 0;
  }

  @Override
  public Cursor cursor(int partition) {
    byte[] bytes = get(database.handle(Family.CURSORS), ViewKeys.partition(partition));
    return bytes == null ? Cursor.START : ViewRecordCodec.cursor(bytes);
  }

  @Override
  public long parkedChanges(StockKey item) {
    return LetterTable.lineLength(database, read, item);
  }

  @Override
  public long parkedChanges(int partition) {
    byte[] bytes = get(database.handle(Family.CHANGES), ViewKeys.partition(partition));
    return bytes == null ? 0 : LetterRecordCodec.counts(bytes).parked();
  }

  @Override
  public HistorySince historySince(int partition) {
    byte[] since = get(database.handle(Family.HISTORY), ViewKeys.partition(partition));
    return since == null ? HistorySince.BEGINNING : MovementCodec.since(since);
  }

  @Override
  public Found find(
      HistorySearch search, ToIntFunction<String> partitionOf, byte[] after, int max) {
    return new MarkScan(database, read, search, partitionOf).page(after, max);
  }

  @Override
  public String itemsOf(String store, String afterSku, int recordsMax, Predicate<String> visitor) {
    return ViewScan.itemsOf(
        database, read, new ViewScan.OfStore(store, afterSku, recordsMax), visitor);
  }

  @Override
  public ItemHistory history(int partition, StockKey item) {
    byte[] level = get(database.handle(Family.VIEW), ViewKeys.item(item));
    return new RocksItemHistory(
        database,
        read,
        item,
        historySince(partition),
        level == null ? null : ViewRecordCodec.level(level));
  }

  @Override
  public void records(BiConsumer<StockKey, StockLevel> to) {
    try (ReadOptions all = ViewScan.options().setSnapshot(snapshot)) {
      ViewScan.records(database, all, to);
    }
  }

  @Override
  public void totals(TotalVisitor to) {
    try (ReadOptions all = ViewScan.options().setSnapshot(snapshot)) {
      ViewScan.totals(database, all, "", to);
    }
  }

  private byte @Nullable [] get(ColumnFamilyHandle family, byte[] key) {
    try {
      return database.db().get(family, read, key);
    } catch (RocksDBException e) {
      throw new StorageException("cannot read the view", e);
    }
  }

  @Override
  public void close() {
    read.close();
    database.db().releaseSnapshot(snapshot);
    snapshot.close();
    database.uses().end();
  }
}
