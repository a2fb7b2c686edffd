package dev.holdfast.store.state.apply;

import dev.holdfast.store.state.db.Table;
import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.WriteBatch;

/**
 * The changes of one write to a table: of each key the last, in the order of the keys, since
 * RocksDB then finds the place of each next to the one before. Takes encoded rows, so that a row
 * costs no objects beside its bytes.
 */
final class Rows {
  private final Table<?, ?> table;
  private final TreeMap<byte[], byte @Nullable []> lastByKey =
      new TreeMap<>(Arrays::compareUnsigned);

  Rows(Table<?, ?> table) {
    this.table = table;
  }

  void put(byte[] key, byte[] value) {
    lastByKey.put(key, value);
  }

  void delete(byte[] key) {
    lastByKey.put(key, null);
  }

  /** The same for a key that was not there before this write. */
  void takeBack(byte[] key) {
    lastByKey.remove(key);
  }

  /** Moves everything into a write. */
  void moveTo(WriteBatch batch) {
    for (var row : lastByKey.entrySet()) {
      byte[] value = row.getValue();
      if (value == null) {
        table.deleteEncoded(batch, row.getKey());
      } else {
        table.putEncoded(batch, row.getKey(), value);
      }
    }
    lastByKey.clear();
  }
}
