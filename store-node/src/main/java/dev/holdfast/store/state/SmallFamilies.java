package dev.holdfast.store.state;

import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.store.decide.state.Leases;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Column families of so few rows that the leader keeps them in memory: read whole. */
final class SmallFamilies {
  private SmallFamilies() {}

  static Leases leases(PartitionDb db) {
    Leases leases = new Leases();
    forEach(
        db.db().newIterator(db.leases),
        (key, value) -> leases.put(StateKeys.stockKey(key), StateRecords.lease(value)));
    return leases;
  }

  static @Nullable Lease lease(PartitionDb db, StockKey item) {
    byte[] value = db.get(db.leases, StateKeys.of(item));
    return value == null ? null : StateRecords.lease(value);
  }

  static @Nullable Lease lease(PartitionDb db, ReadOptions moment, StockKey item) {
    byte[] value = db.get(db.leases, moment, StateKeys.of(item));
    return value == null ? null : StateRecords.lease(value);
  }

  static boolean isFrozen(PartitionDb db, String store) {
    byte[] value = db.get(db.stores, StateKeys.ofStore(store));
    return value != null && StateRecords.isFrozenStore(value);
  }

  static Set<String> frozenStores(PartitionDb db) {
    try (ReadOptions now = new ReadOptions()) {
      return frozenStores(db, now);
    }
  }

  static Set<String> frozenStores(PartitionDb db, ReadOptions moment) {
    Set<String> stores = new HashSet<>();
    forEach(
        db.db().newIterator(db.stores, moment),
        (key, value) -> {
          if (StateRecords.isFrozenStore(value)) {
            stores.add(new String(key, StandardCharsets.UTF_8));
          }
        });
    return stores;
  }

  private static void forEach(RocksIterator all, BiConsumer<byte[], byte[]> row) {
    try (RocksIterator rows = all) {
      for (rows.seekToFirst(); rows.isValid(); rows.next()) {
        row.accept(rows.key(), rows.value());
      }
      rows.status();
    } catch (RocksDBException e) {
      throw new StateFault("reading failed: " + e.getMessage(), e);
    }
  }
}
