package dev.holdfast.common.partition;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The partition of a store: the pinned one, else a stable hash. The same on nodes and clients, and
 * fixed for the life of a cluster, since moving a store would leave its stock behind.
 */
public record PartitionMap(int partitionCount, Map<String, Integer> pinned) {
  public PartitionMap {
    pinned = Map.copyOf(pinned);
    if (partitionCount < 1) {
      throw new IllegalArgumentException("a cluster has at least 1 partition");
    }
    for (Map.Entry<String, Integer> pin : pinned.entrySet()) {
      if (pin.getValue() < 0 || pin.getValue() >= partitionCount) {
        throw new IllegalArgumentException(
            "store '"
                + pin.getKey()
                + "' is pinned to partition "
                + pin.getValue()
                + ", but there are only 0 to "
                + (partitionCount - 1));
      }
    }
  }

  public int partitionOf(String store) {
    Integer pin = pinned.isEmpty() ? null : pinned.get(store);
    if (pin != null) {
      return pin;
    }
    long hash = Hashing.farmHashFingerprint64().hashString(store, StandardCharsets.UTF_8).asLong();
    return (int) Long.remainderUnsigned(hash, partitionCount);
  }
}
