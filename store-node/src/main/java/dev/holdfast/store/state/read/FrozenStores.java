package dev.holdfast.store.state.read;

import dev.holdfast.store.state.db.Family;
import dev.holdfast.store.state.db.PartitionDb;
import java.util.HashMap;
import java.util.Map;
import org.rocksdb.ReadOptions;

/** The stores that are frozen at one place in the log, each looked up once. For one read. */
final class FrozenStores {
  private final PartitionDb db;
  private final ReadOptions snapshot;
  private final Map<String, Boolean> known = new HashMap<>();

  FrozenStores(PartitionDb db, ReadOptions snapshot) {
    this.db = db;
    this.snapshot = snapshot;
  }

  boolean contains(String store) {
    return known.computeIfAbsent(
        store, name -> Boolean.TRUE.equals(db.table(Family.STORES).get(snapshot, name)));
  }
}
