package dev.holdfast.aggregator.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Reads everything, past the block cache, which belongs to those who ask for little. */
final class ViewScan {
  private static final long READAHEAD_BYTES = 2L << 20;

  private ViewScan() {}

  static ReadOptions options() {
    return new ReadOptions().setFillCache(false).setReadaheadSize(READAHEAD_BYTES);
  }

  static void records(
      ViewDatabase database, ReadOptions read, BiConsumer<StockKey, StockLevel> to) {
    try (RocksIterator view = database.db().newIterator(database.view(), read)) {
      for (view.seekToFirst(); view.isValid(); view.next()) {
        to.accept(ViewKeys.parse(view.key()), ViewRecordCodec.level(view.value()));
      }
      checkStatus(view);
    }
  }

  /** Walks along records and totals, which are in the same order; either may lack a SKU. */
  static void totals(
      ViewDatabase database, ReadOptions read, String afterSku, ViewCut.TotalVisitor to) {
    try (RocksIterator view = database.db().newIterator(database.view(), read);
        RocksIterator totals = database.db().newIterator(database.totals(), read)) {
      seekBehind(afterSku, view, totals);
      boolean more = true;
      while (more && (view.isValid() || totals.isValid())) {
        more = next(view, totals, to);
      }
      checkStatus(view);
      checkStatus(totals);
    }
  }

  private static void seekBehind(String sku, RocksIterator view, RocksIterator totals) {
    byte[] key = ViewKeys.sku(sku);
    if (key.length == 0) {
      view.seekToFirst();
      totals.seekToFirst();
      return;
    }
    byte[] afterStores = Arrays.copyOf(key, key.length + 1);
    afterStores[key.length] = 1; // no SKU goes on with a control character
    view.seek(afterStores);
    totals.seek(ViewKeys.storesOf(key));
  }

  private static boolean next(RocksIterator view, RocksIterator totals, ViewCut.TotalVisitor to) {
    byte[] sku = first(view, totals);
    SkuTotal stored = SkuTotal.NONE;
    if (totals.isValid() && Arrays.equals(totals.key(), sku)) {
      stored = ViewRecordCodec.total(totals.value());
      totals.next();
    }
    return to.visit(new String(sku, UTF_8), stored, summed(view, sku));
  }

  /** The SKU that comes first in either. */
  private static byte[] first(RocksIterator view, RocksIterator totals) {
    if (!view.isValid()) {
      return totals.key();
    }
    byte[] ofView = skuOf(view.key());
    return totals.isValid() && Arrays.compareUnsigned(totals.key(), ofView) < 0
        ? totals.key()
        : ofView;
  }

  private static byte[] skuOf(byte[] itemKey) {
    int end = 0;
    while (itemKey[end] != 0) {
      end++;
    }
    return Arrays.copyOf(itemKey, end);
  }

  /** Sums the SKU's records, and leaves the iterator on the next SKU. */
  private static SkuTotal summed(RocksIterator view, byte[] sku) {
    byte[] prefix = ViewKeys.storesOf(sku);
    SkuTotal sum = SkuTotal.NONE;
    while (view.isValid() && startsWith(view.key(), prefix)) {
      sum = sum.changed(null, ViewRecordCodec.level(view.value()));
      view.next();
    }
    return sum;
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static void checkStatus(RocksIterator iterator) {
    try {
      iterator.status();
    } catch (RocksDBException e) {
      throw new StorageException("can not read the view", e);
    }
  }
}
