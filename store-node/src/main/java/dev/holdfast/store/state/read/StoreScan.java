package dev.holdfast.store.state.read;

import dev.holdfast.common.access.Stores;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.state.db.Cursor;
import dev.holdfast.store.state.db.Family;
import dev.holdfast.store.state.db.StateKeys;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists the stores that have or had items, or are frozen, in byte order: a seek for each. */
public final class StoreScan {
  /** What a store takes in an answer beside its name. */
  private static final int ROW_BYTES = 16;

  private final StateReads state;
  private final Stores visible;

  public StoreScan(StateReads state) {
    this(state, Stores.ALL);
  }

  /** Lists some stores only. */
  public StoreScan(StateReads state, Stores visible) {
    this.state = state;
    this.visible = visible;
  }

  /** A store. */
  public record Row(String store, boolean frozen) {
    /** As pages name it. */
    public StockKey key() {
      return new StockKey(store, "");
    }
  }

  /** One store; empty when it never had an item and is not frozen. */
  public Optional<Row> find(String name) {
    return walk(
        stores -> {
          stores.seek(StateKeys.ofStore(name));
          return Optional.ofNullable(stores.row()).filter(row -> row.store().equals(name));
        });
  }

  /** The stores behind one, or from the start. */
  public Page<Row> page(@Nullable String behind, PageBounds bounds) {
    return walk(
        stores -> {
          stores.seek(behind == null ? new byte[0] : past(behind));
          return page(stores, new PageBuilder<>(bounds));
        });
  }

  private static Page<Row> page(Walk stores, PageBuilder<Row> page) {
    for (Row row = stores.row(); row != null; row = stores.row()) {
      int bytes = row.store().length() + ROW_BYTES;
      if (page.isSpent() || !page.add(row.key(), row, bytes)) {
        return page.ended();
      }
      stores.seek(past(row.store()));
    }
    return page.complete();
  }

  /** Behind all keys of a store, and before those of any other. */
  private static byte[] past(String store) {
    return StateKeys.behindAll(StateKeys.storePrefix(store));
  }

  private <T> T walk(Function<Walk, T> reading) {
    return state.readSnapshot(
        (db, snapshot) -> {
          try (var items = db.table(Family.STOCK).scan(snapshot);
              var terms = db.table(Family.STORES).scan(snapshot)) {
            return reading.apply(
                new Walk(items, terms, StoreRanges.of(visible), StoreRanges.of(visible)));
          }
        });
  }

  /**
   * The stores of both families as one sequence.
   *
   * @param items by (store, SKU)
   * @param terms by store
   * @param ofItems the items that are looked at
   * @param ofTerms the terms that are looked at
   */
  private record Walk(
      Cursor<StockKey, StockLevel> items,
      Cursor<String, Boolean> terms,
      StoreRanges ofItems,
      StoreRanges ofTerms) {
    void seek(byte[] from) {
      items.seek(from);
      terms.seek(from);
    }

    /** The store that comes next; null behind the last one. */
    @Nullable Row row() {
      byte[] item = ofItems.reach(items) ? storeOf(items.keyBytes()) : null;
      byte[] store = ofTerms.reach(terms) ? terms.keyBytes() : null;
      if (store == null || (item != null && Arrays.compareUnsigned(item, store) < 0)) {
        return item == null ? null : new Row(text(item), false);
      }
      return new Row(text(store), terms.value());
    }

    private static byte[] storeOf(byte[] itemKey) {
      int end = 0;
      while (itemKey[end] != 0) {
        end++;
      }
      return Arrays.copyOf(itemKey, end);
    }

    private static String text(byte[] utf8) {
      return new String(utf8, StandardCharsets.UTF_8);
    }
  }
}
