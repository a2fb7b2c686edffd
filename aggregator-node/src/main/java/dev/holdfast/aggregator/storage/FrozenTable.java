package dev.holdfast.aggregator.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.rocksdb.ReadOptions;

/** The stores that are frozen: few rows, read whole. Key: partition (4 bytes), store. */
final class FrozenTable {
  private FrozenTable() {}

  static Set<String> all(ViewDatabase database, ReadOptions read) {
    Set<String> stores = new HashSet<>();
    try (FamilyRows rows = database.rows(Family.FROZEN, read)) {
      for (rows.seekToFirst(); rows.isValid(); rows.next()) {
        stores.add(ViewKeys.store(rows.key(), Integer.BYTES));
      }
      return stores;
    }
  }

  /** Adds to a write which stores of a partition are frozen now, and which are not any more. */
  static void put(FamilyWrite write, int partition, Map<String, Boolean> frozen) {
    frozen.forEach(
        (store, isFrozen) -> {
          if (isFrozen) {
            write.put(Family.FROZEN, key(partition, store));
          } else {
            write.delete(Family.FROZEN, key(partition, store));
          }
        });
  }

  /** Adds to a write that of a partition these are frozen, and no others. */
  static void replace(FamilyWrite write, int partition, Set<String> frozen) {
    write.deleteRange(
        Family.FROZEN, ViewKeys.partition(partition), ViewKeys.partition(partition + 1));
    frozen.forEach(store -> write.put(Family.FROZEN, key(partition, store)));
  }

  private static byte[] key(int partition, String store) {
    byte[] name = store.getBytes(UTF_8);
    byte[] key = Arrays.copyOf(ViewKeys.partition(partition), Integer.BYTES + name.length);
    System.arraycopy(name, 0, key, Integer.BYTES, name.length);
    return key;
  }
}
