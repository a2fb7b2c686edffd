package dev.holdfast.store.state.read;

import dev.holdfast.common.access.Stores;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.state.db.AppliedState;
import dev.holdfast.store.state.db.Family;
import dev.holdfast.store.state.db.StateKeys;
import dev.holdfast.store.state.db.StateRecords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists stock in byte order of (store, SKU); deleted items are not there. */
public final class StockScan {
  /** What the numbers of a level take in an answer, about. */
  private static final int LEVEL_BYTES = 48;

  private final StateReads state;
  private final Stores visible;

  public StockScan(StateReads state) {
    this(state, Stores.ALL);
  }

  /** Lists the stock of some stores only. */
  public StockScan(StateReads state, Stores visible) {
    this.state = state;
    this.visible = visible;
  }

  /** An item, its stock, and whether its store was frozen then. */
  public record Row(StockKey item, StockLevel level, boolean storeFrozen) {}

  /**
   * Items that were read together.
   *
   * @param sequence the last event that this includes
   * @param rows of those that are there
   */
  public record Together(long sequence, Map<StockKey, Row> rows) {}

  /** Some items, all as they stood at one place in the log. */
  public Together at(Iterable<StockKey> items) {
    return state.readSnapshot(
        (db, snapshot) -> {
          FrozenStores frozen = new FrozenStores(db, snapshot);
          Map<StockKey, Row> rows = new HashMap<>();
          for (StockKey item : items) {
            StockLevel level = db.table(Family.STOCK).get(snapshot, item);
            if (level != null && !level.isDeleted()) {
              rows.put(item, new Row(item, level, frozen.contains(item.store())));
            }
          }
          return new Together(AppliedState.of(db, snapshot).sequence(), rows);
        });
  }

  /** So many items behind a key, or from the start, however many deleted ones lie between. */
  public List<Row> after(@Nullable StockKey behind, @Nullable String onlyStore, int limit) {
    List<Row> rows = new ArrayList<>();
    Page<Row> page = page(behind, onlyStore, PageBounds.of(limit));
    rows.addAll(page.rows());
    while (page.end() != null && rows.size() < limit) {
      page = page(page.end(), onlyStore, PageBounds.of(limit - rows.size()));
      rows.addAll(page.rows());
    }
    return rows;
  }

  /**
   * The items behind a key, or from the start.
   *
   * @param onlyStore of one store, or null for all
   */
  public Page<Row> page(@Nullable StockKey behind, @Nullable String onlyStore, PageBounds bounds) {
    byte[] prefix = onlyStore == null ? new byte[0] : StateKeys.storePrefix(onlyStore);
    byte[] from = behind == null ? prefix : StateKeys.of(behind);
    return state.readSnapshot(
        (db, snapshot) -> {
          FrozenStores frozen = new FrozenStores(db, snapshot);
          try (var items = db.table(Family.STOCK).scanPrefix(prefix, snapshot)) {
            items.seekBehind(from);
            PageBuilder<Row> page = new PageBuilder<>(bounds);
            return page.over(
                items,
                StoreRanges.of(visible),
                row -> take(row.keyBytes(), row.valueBytes(), frozen, page));
          }
        });
  }

  /** False when the page has no room for the row. */
  private static boolean take(
      byte[] key, byte[] value, FrozenStores frozen, PageBuilder<Row> page) {
    StockKey item = StateKeys.stockKey(key);
    StockLevel level = StateRecords.stockLevel(value);
    page.parsed(value.length);
    if (level.isDeleted()) {
      page.skip(item);
      return true;
    }
    return page.add(
        item, new Row(item, level, frozen.contains(item.store())), key.length + LEVEL_BYTES);
  }
}
