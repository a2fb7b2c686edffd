package dev.holdfast.aggregator.invariant;

import dev.holdfast.common.domain.StateDigest;
import java.util.List;

/**
 * A partition's part of the view against a store node's records, all of them read for this.
 *
 * @param at the exact cut, and the store node
 * @param view of the records in the view
 * @param stores of the records of the store node
 * @param differences items that differ, up to {@link Violation#DIFFERENCES_MAX}
 * @param differencesCount items that differ
 * @param repaired whether the part was rebuilt afterwards
 */
public record PartProof(
    At at,
    StateDigest view,
    StateDigest stores,
    List<Difference> differences,
    long differencesCount,
    boolean repaired) {
  /** Where it was compared. */
  public record At(int partition, long sequence, String nodeId) {}

  public boolean isEqual() {
    return differencesCount == 0 && view.equals(stores);
  }

  /** As a check that may have failed. */
  public DigestCheck check() {
    return new DigestCheck(at.partition(), at.sequence(), stores, view);
  }

  public PartProof afterRepair() {
    return new PartProof(at, view, stores, differences, differencesCount, true);
  }
}
