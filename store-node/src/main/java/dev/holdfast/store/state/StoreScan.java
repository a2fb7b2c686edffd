package dev.holdfast.store.state;

import dev.holdfast.common.domain.StockKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Lists the stores that have or had items, or are frozen, in byte order: a seek for each. */
public final class StoreScan {
  /** What a store takes in an answer beside its name. */
  private static final int ROW_BYTES = 16;

  private final StateStore store;

  public StoreScan(StateStore store) {
    this.store = store;
  }

  /** A store. */
  public record Row(String store, boolean frozen) {
    /** As pages name it. */
    public StockKey key() {
      return new StockKey(store, "");
    }
  }

  /** Whether a store is frozen. */
  public boolean isFrozen(String name) {
    return store.read(current -> SmallFamilies.isFrozen(current, name));
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

  private static Page<Row> page(Walk stores, PageBuilder<Row> page) throws RocksDBException {
    for (Row row = stores.row(); row != null; row = stores.row()) {
      int bytes = row.store().length() + ROW_BYTES;
      if (page.isSpent() || !page.add(row.key(), row, bytes)) {
        return page.ended();
      }
      stores.seek(past(row.store()));
    }
    return page.complete();
  }

  /** Behind all keys of a store, and before those of any other: no id holds a control character. */
  private static byte[] past(String store) {
    byte[] key = StateKeys.storePrefix(store);
    key[key.length - 1] = 1;
    return key;
  }

  private interface Reading<T> {
    T read(Walk stores) throws RocksDBException;
  }

  private <T> T walk(Reading<T> reading) {
    return OneMoment.read(
        store,
        (db, moment) -> {
          try (RocksIterator items = db.db().newIterator(db.stock, moment);
              RocksIterator terms = db.db().newIterator(db.stores, moment)) {
            return reading.read(new Walk(items, terms));
          }
        });
  }

  /**
   * The stores of both families as one sequence.
   *
   * @param items by (store, SKU)
   * @param terms by store
   */
  private record Walk(RocksIterator items, RocksIterator terms) {
    void seek(byte[] from) {
      items.seek(from);
      terms.seek(from);
    }

    /** The store that comes next; null behind the last one. */
    @Nullable Row row() throws RocksDBException {
      byte[] ofItem = items.isValid() ? storeOf(items.key()) : null;
      byte[] ofTerms = terms.isValid() ? terms.key() : null;
      items.status();
      terms.status();
      if (ofTerms == null || (ofItem != null && Arrays.compareUnsigned(ofItem, ofTerms) < 0)) {
        return ofItem == null ? null : new Row(text(ofItem), false);
      }
      return new Row(text(ofTerms), StateRecords.isFrozenStore(terms.value()));
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
