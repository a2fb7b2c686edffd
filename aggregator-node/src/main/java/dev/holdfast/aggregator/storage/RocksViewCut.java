package dev.holdfast.aggregator.storage;

import dev.holdfast.aggregator.view.GlobalItem;
import dev.holdfast.aggregator.view.HistoryPage;
import dev.holdfast.aggregator.view.HistorySearch;
import dev.holdfast.aggregator.view.HistorySince;
import dev.holdfast.aggregator.view.ItemHistory;
import dev.holdfast.aggregator.view.SkuFilter;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.UnmetDemand;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.aggregator.view.VisibleStores;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.rocksdb.ReadOptions;
import org.rocksdb.Snapshot;

/** A cut on a RocksDB snapshot. */
final class RocksViewCut implements ViewCut {
  private final ViewDatabase database;
  private final Snapshot snapshot;
  private final ReadOptions read;
  private final StoredRecords records;
  private final VisibleStores visible;

  RocksViewCut(ViewDatabase database, VisibleStores visible) {
    database.uses().begin();
    this.database = database;
    this.visible = visible;
    this.snapshot = database.db().getSnapshot();
    this.read = new ReadOptions().setSnapshot(snapshot);
    this.records = new StoredRecords(database, read);
  }

  @Override
  public Optional<GlobalItem> item(String sku) {
    if (!visible.all()) {
      return seen(sku);
    }
    SkuTotal total = records.total(sku);
    if (total == null || total.isGone()) {
      return parkedChanges(sku) == 0
          ? Optional.empty()
          : Optional.of(new GlobalItem(sku, SkuTotal.NONE, List.of(), 0));
    }
    try (FamilyRows view = database.rows(Family.VIEW, read)) {
      List<GlobalItem.InStore> stores =
          SkuScan.stores(view, ViewKeys.sku(sku), FrozenTable.all(database, read));
      return Optional.of(new GlobalItem(sku, total, stores, SkuScan.reservable(stores)));
    }
  }

  private Optional<GlobalItem> seen(String sku) {
    try (FamilyRows view = database.rows(Family.VIEW, read)) {
      Set<String> frozen = FrozenTable.all(database, read);
      GlobalItem seen = SkuScan.seen(view, ViewKeys.sku(sku), frozen, visible);
      return Optional.of(seen).filter(item -> !item.stores().isEmpty() || parkedChanges(sku) > 0);
    }
  }

  @Override
  public Page page(String afterSku, SkuFilter filter, PageBounds bounds) {
    try (SkuScan scan = new SkuScan(database, read, filter, bounds, visible)) {
      return scan.page(afterSku);
    }
  }

  @Override
  public UnmetDemand unmetDemand(String sku) {
    return visible.all() ? records.demand(sku) : UnmetDemand.NONE;
  }

  @Override
  public long parkedChanges(String sku) {
    long ofAll = records.parked(sku);
    return visible.all() || ofAll == 0
        ? ofAll
        : LetterTable.countOpen(database, read, sku, visible);
  }

  @Override
  public ViewCursor cursor(int partition) {
    return records.cursor(partition);
  }

  @Override
  public long parkedChanges(StockKey item) {
    return LetterTable.countOpen(database, read, item);
  }

  @Override
  public long parkedChanges(int partition) {
    return records.counts(partition).parked();
  }

  @Override
  public HistorySince historySince(int partition) {
    return records.historySince(partition);
  }

  @Override
  public HistoryPage find(
      HistorySearch search, ToIntFunction<String> partitionOf, byte[] after, int max) {
    return new MarkScan(database, read, search, partitionOf, visible).page(after, max);
  }

  @Override
  public String itemsOf(String store, String afterSku, int recordsMax, Predicate<String> visitor) {
    return ViewScan.itemsOf(database, read, store, afterSku, recordsMax, visitor);
  }

  @Override
  public ItemHistory history(int partition, StockKey item) {
    return new RocksItemHistory(database, read, item, historySince(partition), records.level(item));
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

  @Override
  public void close() {
    read.close();
    database.db().releaseSnapshot(snapshot);
    snapshot.close();
    database.uses().end();
  }
}
