package dev.holdfast.aggregator.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/** The stores that are frozen: few rows, read whole. Key: partition (4 bytes), store. */
final class FrozenTable {
  private static final byte[] NOTHING = new byte[0];

  private FrozenTable() {}

  static Set<String> all(ViewDatabase database, ReadOptions read) {
    Set<String> stores = new HashSet<>();
    try (RocksIterator rows = database.db().newIterator(database.handle(Family.FROZEN), read)) {
      for (rows.seekToFirst(); rows.isValid(); rows.next()) {
        byte[] key = rows.key();
        stores.add(new String(key, Integer.BYTES, key.length - Integer.BYTES, UTF_8));
      }
      rows.status();
      return stores;
    } catch (RocksDBException e) {
      throw new StorageException("cannot read which stores are frozen", e);
    }
  }

  /** Adds what became of stores to a write. */
  static void put(
      ViewDatabase database, WriteBatch batch, int partition, Map<String, Boolean> frozen)
      throws RocksDBException {
    for (Map.Entry<String, Boolean> store : frozen.entrySet()) {
      byte[] key = key(partition, store.getKey());
      if (store.getValue()) {
        batch.put(database.handle(Family.FROZEN), key, NOTHING);
      } else {
        batch.delete(database.handle(Family.FROZEN), key);
      }
    }
  }

  /** Adds to a write that of a partition these are frozen, and no others. */
  static void replace(ViewDatabase database, WriteBatch batch, int partition, Set<String> frozen)
      throws RocksDBException {
    batch.deleteRange(
        database.handle(Family.FROZEN),
        ViewKeys.partition(partition),
        ViewKeys.partition(partition + 1));
    for (String store : frozen) {
      batch.put(database.handle(Family.FROZEN), key(partition, store), NOTHING);
    }
  }

  private static byte[] key(int partition, String store) {
    byte[] name = store.getBytes(UTF_8);
    byte[] key = Arrays.copyOf(ViewKeys.partition(partition), Integer.BYTES + name.length);
    System.arraycopy(name, 0, key, Integer.BYTES, name.length);
    return key;
  }
}
