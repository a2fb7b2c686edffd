package dev.holdfast.store.api.stock;

import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import dev.holdfast.store.state.read.StoreScan;
import java.util.HashMap;
import java.util.Map;

/** Looks up which stores are frozen, once per store. For one answer, on one thread. */
public final class FrozenNow {
  private final Partitions partitions;
  private final Map<String, Boolean> known = new HashMap<>();

  FrozenNow(Partitions partitions) {
    this.partitions = partitions;
  }

  public static boolean isFrozen(PartitionReplica replica, String store) {
    return new StoreScan(replica.state()).isFrozen(store);
  }

  boolean contains(String store) {
    return known.computeIfAbsent(store, id -> isFrozen(partitions.of(id), id));
  }
}
