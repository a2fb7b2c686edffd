package dev.holdfast.aggregator.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.aggregator.view.Cursor;
import dev.holdfast.aggregator.view.GlobalItem;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.UnmetDemand;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/** A cut on a RocksDB snapshot. */
final class RocksViewCut implements ViewCut {
  /** What the quantities of one level take in an answer, about. */
  private static final int NUMBERS_BYTES = 32;

  private final ViewDatabase database;
  private final Snapshot snapshot;
  private final ReadOptions read;

  RocksViewCut(ViewDatabase database) {
    this.database = database;
    this.snapshot = database.db().getSnapshot();
    this.read = new ReadOptions().setSnapshot(snapshot);
  }

  @Override
  public Optional<GlobalItem> item(String sku) {
    byte[] key = ViewKeys.sku(sku);
    byte[] total = get(database.totals(), key);
    if (total == null) {
      return Optional.empty();
    }
    try (RocksIterator view = database.db().newIterator(database.view(), read)) {
      view.seek(ViewKeys.storesOf(key));
      return Optional.of(new GlobalItem(sku, ViewRecordCodec.total(total), stores(view, key)));
    }
  }

  /** Both families are in the order of the SKU, so the stores are read along, without seeking. */
  @Override
  public Page page(String afterSku, PageBounds bounds) {
    List<GlobalItem> items = new ArrayList<>();
    byte[] start = afterSku.isEmpty() ? new byte[0] : ViewKeys.storesOf(ViewKeys.sku(afterSku));
    try (RocksIterator totals = database.db().newIterator(database.totals(), read);
        RocksIterator view = database.db().newIterator(database.view(), read)) {
      seek(totals, view, start, bounds);
      int bytes = 0;
      while (totals.isValid() && items.size() < bounds.itemsMax() && bytes < bounds.bytesMax()) {
        GlobalItem item = item(totals, view, bounds.withStores());
        items.add(item);
        bytes += bytes(item);
        totals.next();
      }
      checkStatus(totals);
      return new Page(items, !totals.isValid());
    }
  }

  private static void seek(
      RocksIterator totals, RocksIterator view, byte[] start, PageBounds bounds) {
    totals.seek(start);
    if (bounds.withStores() && totals.isValid()) {
      view.seek(totals.key());
    }
  }

  private static GlobalItem item(RocksIterator totals, RocksIterator view, boolean withStores) {
    byte[] sku = totals.key();
    SkuTotal total = ViewRecordCodec.total(totals.value());
    List<GlobalItem.InStore> stores = withStores ? stores(view, sku) : List.of();
    return new GlobalItem(new String(sku, UTF_8), total, stores);
  }

  /** Reads the stores of a SKU from where the iterator stands, and leaves it on the next SKU. */
  private static List<GlobalItem.InStore> stores(RocksIterator view, byte[] sku) {
    byte[] prefix = ViewKeys.storesOf(sku);
    List<GlobalItem.InStore> stores = new ArrayList<>();
    while (view.isValid()) {
      byte[] key = view.key();
      if (!startsWith(key, prefix)) {
        break;
      }
      stores.add(
          new GlobalItem.InStore(
              ViewKeys.store(key, prefix.length), ViewRecordCodec.level(view.value())));
      view.next();
    }
    checkStatus(view);
    return stores;
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static int bytes(GlobalItem item) {
    int bytes = item.sku().length() + NUMBERS_BYTES;
    for (GlobalItem.InStore store : item.stores()) {
      bytes += item.sku().length() + store.store().length() + NUMBERS_BYTES;
    }
    return bytes;
  }

  @Override
  public UnmetDemand unmetDemand(String sku) {
    byte[] bytes = get(database.demand(), ViewKeys.sku(sku));
    return bytes == null ? UnmetDemand.NONE : ViewRecordCodec.demand(bytes);
  }

  @Override
  public Cursor cursor(int partition) {
    byte[] bytes = get(database.cursors(), ViewKeys.partition(partition));
    return bytes == null ? Cursor.START : ViewRecordCodec.cursor(bytes);
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
      throw new StorageException("can not read the view", e);
    }
  }

  private static void checkStatus(RocksIterator iterator) {
    try {
      iterator.status();
    } catch (RocksDBException e) {
      throw new StorageException("can not read the view", e);
    }
  }

  @Override
  public void close() {
    read.close();
    database.db().releaseSnapshot(snapshot);
    snapshot.close();
  }
}
