package dev.holdfast.aggregator.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;

/** Reads everything, past the block cache, which belongs to those who ask for little. */
final class ViewScan {
  private static final long READAHEAD_BYTES = 2L << 20;

  private ViewScan() {}

  static ReadOptions options() {
    return new ReadOptions().setFillCache(false).setReadaheadSize(READAHEAD_BYTES);
  }

  static void records(
      ViewDatabase database, ReadOptions read, BiConsumer<StockKey, StockLevel> to) {
    try (FamilyRows view = database.rows(Family.VIEW, read)) {
      for (view.seekToFirst(); view.isValid(); view.next()) {
        database.uses().check();
        to.accept(ViewKeys.parse(view.key()), ViewRecordCodec.level(view.value()));
      }
    }
  }

  /**
   * Tells SKUs of a store; the answer is the last one looked at, empty when all were.
   *
   * @param recordsMax of all stores that are looked at
   */
  static String itemsOf(
      ViewDatabase database,
      ReadOptions read,
      String store,
      String afterSku,
      int recordsMax,
      Predicate<String> visitor) {
    try (FamilyRows view = database.rows(Family.VIEW, read)) {
      view.seek(behindStores(ViewKeys.sku(afterSku)));
      String last = "";
      for (int looked = 0; view.isValid(); view.next(), looked++) {
        database.uses().check();
        StockKey item = ViewKeys.parse(view.key());
        if (looked >= recordsMax && !item.sku().equals(last)) {
          return last; // all of its stores were looked at
        }
        last = item.sku();
        if (item.store().equals(store) && !visitor.test(last)) {
          return last;
        }
      }
      return "";
    }
  }

  /** Walks along records and totals, which are in the same order; either may lack a SKU. */
  static void totals(
      ViewDatabase database, ReadOptions read, String afterSku, ViewCut.TotalVisitor to) {
    byte[] after = ViewKeys.sku(afterSku);
    try (FamilyRows view = database.rows(Family.VIEW, read);
        FamilyRows totals = database.rows(Family.TOTALS, read)) {
      view.seek(behindStores(after));
      totals.seek(behindSku(after));
      for (byte[] sku = first(view, totals); sku != null; sku = first(view, totals)) {
        database.uses().check();
        SkuTotal stored = stored(totals, sku);
        if (!to.visit(new String(sku, UTF_8), stored, summed(view, sku))) {
          break;
        }
      }
    }
  }

  private static byte[] behindStores(byte[] sku) {
    byte[] behind = behindSku(sku);
    if (behind.length > 0) {
      behind[sku.length] = 1; // no SKU goes on with a control character
    }
    return behind;
  }

  private static byte[] behindSku(byte[] sku) {
    return sku.length == 0 ? sku : ViewKeys.storesOf(sku);
  }

  /** The SKU that comes first in either, or null when both are at their end. */
  private static byte @Nullable [] first(FamilyRows view, FamilyRows totals) {
    byte[] ofTotals = totals.isValid() ? totals.key() : null;
    if (!view.isValid()) {
      return ofTotals;
    }
    byte[] ofView = skuOf(view.key());
    return ofTotals != null && Arrays.compareUnsigned(ofTotals, ofView) < 0 ? ofTotals : ofView;
  }

  private static SkuTotal stored(FamilyRows totals, byte[] sku) {
    if (!totals.isValid() || !Arrays.equals(totals.key(), sku)) {
      return SkuTotal.NONE;
    }
    SkuTotal stored = ViewRecordCodec.total(totals.value());
    totals.next();
    return stored;
  }

  private static byte[] skuOf(byte[] itemKey) {
    int end = 0;
    while (itemKey[end] != 0) {
      end++;
    }
    return Arrays.copyOf(itemKey, end);
  }

  /** Sums the SKU's records, and leaves the view on the next SKU. */
  private static SkuTotal summed(FamilyRows view, byte[] sku) {
    byte[] prefix = ViewKeys.storesOf(sku);
    SkuTotal sum = SkuTotal.NONE;
    for (; view.isAt(prefix); view.next()) {
      sum = sum.changed(null, ViewRecordCodec.level(view.value()));
    }
    return sum;
  }
}
