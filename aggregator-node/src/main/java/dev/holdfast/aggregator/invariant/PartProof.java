package dev.holdfast.aggregator.invariant;

import dev.holdfast.common.domain.StateDigest;
import java.util.List;

/**
 * A partition's part of the view against a store node's records, all of them read for this.
 *
 * @param at the exact cut, and the store node
 * @param view of the records in the view
 * @param stores of the records of the store node
 * @param wrong what is against the view
 * @param parked items that differ and have open dead letters: the view says itself that it lacks
 *     them
 * @param repaired whether the part was rebuilt afterwards
 */
public record PartProof(
    At at,
    StateDigest view,
    StateDigest stores,
    DifferingItems wrong,
    DifferingItems parked,
    boolean repaired) {
  /** Where it was compared. */
  public record At(int partition, long sequence, String nodeId) {}

  /**
   * Items that differ.
   *
   * @param named of them, up to {@link Violation#DIFFERENCES_MAX}
   */
  public record DifferingItems(List<Difference> named, long count) {
    public static final DifferingItems NOTHING = new DifferingItems(List.of(), 0);
  }

  public boolean isEqual() {
    return wrong.count() == 0 && parked.count() == 0 && view.equals(stores);
  }

  /** Whether the view differs by more than what is parked. */
  public boolean isWrong() {
    return !isEqual() && (wrong.count() > 0 || parked.count() == 0);
  }

  /** As a check that may have failed. */
  public DigestCheck check() {
    return new DigestCheck(at.partition(), at.sequence(), stores, view);
  }

  public PartProof afterRepair() {
    return new PartProof(at, view, stores, wrong, parked, true);
  }
}
