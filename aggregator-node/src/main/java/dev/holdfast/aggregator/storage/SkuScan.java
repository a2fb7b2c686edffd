package dev.holdfast.aggregator.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.aggregator.view.GlobalItem;
import dev.holdfast.aggregator.view.SkuFilter;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.ViewCut.Page;
import dev.holdfast.aggregator.view.ViewCut.PageBounds;
import dev.holdfast.aggregator.view.VisibleStores;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rocksdb.ReadOptions;

/**
 * One walk over the totals in the order of the SKU. The families of totals and of stores are in the
 * same order, so without a filter the stores are read along, without seeking.
 */
final class SkuScan implements AutoCloseable {
  private final StoredRecords records;
  private final Set<String> frozenStores;
  private final SkuFilter filter;
  private final PageBounds bounds;
  private final VisibleStores visible;
  private final byte[] prefix;
  private final FamilyRows totals;
  private final FamilyRows view;

  SkuScan(
      ViewDatabase database,
      ReadOptions read,
      SkuFilter filter,
      PageBounds bounds,
      VisibleStores visible) {
    this.records = new StoredRecords(database, read);
    this.frozenStores = FrozenTable.all(database, read);
    this.filter = filter;
    this.bounds = bounds;
    this.visible = visible;
    this.prefix = ViewKeys.sku(filter.skuPrefix());
    this.totals = database.rows(Family.TOTALS, read);
    this.view = database.rows(Family.VIEW, read);
  }

  Page page(String afterSku) {
    List<GlobalItem> items = new ArrayList<>();
    String lastRead = afterSku;
    int skus = 0;
    long bytes = 0;
    seekBehind(afterSku);
    while (hasSku() && skus < bounds.skusReadMax() && items.size() < bounds.itemsMax()) {
      byte[] key = totals.key();
      String sku = new String(key, UTF_8);
      Optional<GlobalItem> item = item(key, sku);
      bytes += item.map(AnswerBytes::of).orElse(0L);
      if (item.isPresent() && !items.isEmpty() && bytes > bounds.bytesMax()) {
        break; // it begins the next page
      }
      item.ifPresent(items::add);
      lastRead = sku;
      skus++;
      totals.next();
    }
    return new Page(items, lastRead, !hasSku());
  }

  private void seekBehind(String afterSku) {
    byte[] next = afterSku.isEmpty() ? new byte[0] : ViewKeys.storesOf(ViewKeys.sku(afterSku));
    totals.seek(Arrays.compareUnsigned(next, prefix) > 0 ? next : prefix);
  }

  private boolean hasSku() {
    return totals.isAt(prefix);
  }

  /** The SKU where the walk stands, unless the filter holds it back. */
  private Optional<GlobalItem> item(byte[] key, String sku) {
    SkuTotal total = ViewRecordCodec.total(totals.value());
    if (total.isGone()) {
      return Optional.empty();
    }
    if (!visible.all()) {
      return ofVisible(seen(view, key, frozenStores, visible));
    }
    return filter.isOfOneStore() ? ofOneStore(key, sku, total) : ofAllStores(key, sku, total);
  }

  private Optional<GlobalItem> ofVisible(GlobalItem seen) {
    if (!filter.isOfOneStore()) {
      List<GlobalItem.InStore> shown = bounds.withStores() ? seen.stores() : List.of();
      return Optional.of(seen)
          .filter(item -> !item.stores().isEmpty())
          .filter(item -> filter.matches(item.total().available(), item.reservable()))
          .map(item -> new GlobalItem(item.sku(), item.total(), shown, item.reservable()));
    }
    return seen.stores().stream()
        .filter(inStore -> inStore.store().equals(filter.store()))
        .filter(inStore -> filter.matches(inStore.level().available(), inStore.reservable()))
        .map(one -> new GlobalItem(seen.sku(), seen.total(), List.of(one), seen.reservable()))
        .findFirst();
  }

  private Optional<GlobalItem> ofOneStore(byte[] key, String sku, SkuTotal total) {
    StockLevel level = records.level(new StockKey(filter.store(), sku));
    if (level == null || level.isDeleted()) {
      return Optional.empty();
    }
    var inStore =
        new GlobalItem.InStore(filter.store(), level, frozenStores.contains(filter.store()));
    return filter.matches(level.available(), inStore.reservable())
        ? Optional.of(new GlobalItem(sku, total, List.of(inStore), reservable(key, total)))
        : Optional.empty();
  }

  private Optional<GlobalItem> ofAllStores(byte[] key, String sku, SkuTotal total) {
    long reservable = reservable(key, total);
    return filter.matches(total.available(), reservable)
        ? Optional.of(
            new GlobalItem(
                sku,
                total,
                bounds.withStores() ? stores(view, key, frozenStores) : List.of(),
                reservable))
        : Optional.empty();
  }

  /** Only when stores are frozen it takes a look at each. */
  private long reservable(byte[] key, SkuTotal total) {
    return frozenStores.isEmpty()
        ? total.reservable()
        : reservable(stores(view, key, frozenStores));
  }

  static long reservable(List<GlobalItem.InStore> stores) {
    return stores.stream().mapToLong(GlobalItem.InStore::reservable).sum();
  }

  /** The stores that have a SKU; leaves the view behind them, where the next SKU begins. */
  static List<GlobalItem.InStore> stores(FamilyRows view, byte[] sku, Set<String> frozenStores) {
    byte[] prefix = ViewKeys.storesOf(sku);
    if (!view.isAt(prefix)) {
      view.seek(prefix);
    }
    List<GlobalItem.InStore> stores = new ArrayList<>();
    for (; view.isAt(prefix); view.next()) {
      StockLevel level = ViewRecordCodec.level(view.value());
      if (!level.isDeleted()) {
        String store = ViewKeys.store(view.key(), prefix.length);
        stores.add(new GlobalItem.InStore(store, level, frozenStores.contains(store)));
      }
    }
    return stores;
  }

  /** A SKU in some stores, with what they add up to; in none when none of them has it. */
  static GlobalItem seen(
      FamilyRows view, byte[] sku, Set<String> frozenStores, VisibleStores visible) {
    byte[] prefix = ViewKeys.storesOf(sku);
    SkuTotal total = SkuTotal.NONE;
    List<GlobalItem.InStore> stores = new ArrayList<>();
    for (view.seek(prefix); view.isAt(prefix); view.next()) {
      String store = ViewKeys.store(view.key(), prefix.length);
      if (visible.has(store)) {
        StockLevel level = ViewRecordCodec.level(view.value());
        total = total.changed(null, level);
        if (!level.isDeleted()) {
          stores.add(new GlobalItem.InStore(store, level, frozenStores.contains(store)));
        }
      }
    }
    return new GlobalItem(new String(sku, UTF_8), total, stores, reservable(stores));
  }

  @Override
  public void close() {
    view.close();
    totals.close();
  }
}
