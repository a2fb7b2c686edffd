package dev.holdfast.store.state;

import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * What one write changes in a column family: of each key the last, in the order of the keys, since
 * RocksDB then finds the place of each next to the one before.
 */
final class Rows {
  private final ColumnFamilyHandle family;
  private final TreeMap<byte[], byte @Nullable []> lastByKey =
      new TreeMap<>(Arrays::compareUnsigned);

  Rows(ColumnFamilyHandle family) {
    this.family = family;
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
  void moveTo(WriteBatch batch) throws RocksDBException {
    for (var row : lastByKey.entrySet()) {
      byte[] value = row.getValue();
      if (value == null) {
        batch.delete(family, row.getKey());
      } else {
        batch.put(family, row.getKey(), value);
      }
    }
    lastByKey.clear();
  }
}
