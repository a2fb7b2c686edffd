package dev.holdfast.aggregator.proof;

import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.common.domain.DigestBuckets;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.partition.PartitionMap;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** A partition's records in a cut of the view. Each look reads all of them. For one thread. */
final class ViewPart {
  private final ViewCut cut;
  private final PartitionMap map;
  private final int partition;
  private final Map<String, Boolean> ours = new HashMap<>();

  ViewPart(ViewCut cut, PartitionMap map, int partition) {
    this.cut = cut;
    this.map = map;
    this.partition = partition;
  }

  private boolean isOurs(String store) {
    return ours.computeIfAbsent(store, any -> map.partitionOf(store) == partition);
  }

  DigestBuckets digests() {
    DigestBuckets digests = new DigestBuckets();
    cut.records(
        (item, level) -> {
          if (isOurs(item.store())) {
            digests.add(item, level);
          }
        });
    return digests;
  }

  /** Of all records together, for less than by bucket. */
  StateDigest digest() {
    StateDigest[] digest = {StateDigest.EMPTY};
    cut.records(
        (item, level) -> {
          if (isOurs(item.store())) {
            digest[0] = digest[0].with(item, level);
          }
        });
    return digest[0];
  }

  /** Whether changes of an item are in the dead letter queue. */
  boolean isParked(StockKey item) {
    return cut.isParked(item);
  }

  void records(BitSet buckets, BiConsumer<StockKey, StockLevel> to) {
    cut.records(
        (item, level) -> {
          if (isOurs(item.store()) && buckets.get(DigestBuckets.bucketOf(item))) {
            to.accept(item, level);
          }
        });
  }
}
