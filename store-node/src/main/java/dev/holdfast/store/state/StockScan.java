package dev.holdfast.store.state;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Lists stock in byte order of (store, SKU); deleted items are not there. */
public final class StockScan {
  private final StateStore store;

  public StockScan(StateStore store) {
    this.store = store;
  }

  /** An item and its stock. */
  public record Row(StockKey item, StockLevel level) {}

  /**
   * The items behind a key, or from the start.
   *
   * @param onlyStore of one store, or null for all
   */
  public List<Row> after(@Nullable StockKey behind, @Nullable String onlyStore, int limit) {
    byte[] prefix = onlyStore == null ? new byte[0] : StateKeys.storePrefix(onlyStore);
    byte[] from = behind == null ? prefix : StateKeys.of(behind);
    return store.read(
        db -> {
          try (RocksIterator items = db.db().newIterator(db.stock)) {
            return rows(items, from, prefix, limit);
          } catch (RocksDBException e) {
            throw new StateFault("listing stock failed: " + e.getMessage(), e);
          }
        });
  }

  private static List<Row> rows(RocksIterator items, byte[] from, byte[] prefix, int limit)
      throws RocksDBException {
    List<Row> rows = new ArrayList<>();
    items.seek(from);
    while (items.isValid() && rows.size() < limit && startsWith(items.key(), prefix)) {
      StockLevel level = StateRecords.stockLevel(items.value());
      if (!level.isDeleted() && !Arrays.equals(items.key(), from)) {
        rows.add(new Row(StateKeys.stockKey(items.key()), level));
      }
      items.next();
    }
    items.status();
    return rows;
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
