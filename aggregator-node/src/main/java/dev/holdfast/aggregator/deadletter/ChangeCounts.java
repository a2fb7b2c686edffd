package dev.holdfast.aggregator.deadletter;

/**
 * Counts a partition's changes by outcome. Nothing vanishes: applied + parked + discarded = read.
 * An event that cannot be read counts as one.
 *
 * @param parked now
 */
public record ChangeCounts(long read, long applied, long parked, long discarded) {
  public static final ChangeCounts NONE = new ChangeCounts(0, 0, 0, 0);

  ChangeCounts withApplied(long changes) {
    return new ChangeCounts(read + changes, applied + changes, parked, discarded);
  }

  ChangeCounts withParked(long changes) {
    return new ChangeCounts(read + changes, applied, parked + changes, discarded);
  }

  /** A parked change was applied after all. */
  ChangeCounts withRetried() {
    return new ChangeCounts(read, applied + 1, parked - 1, discarded);
  }

  /** A parked change was discarded. */
  ChangeCounts withDiscarded() {
    return new ChangeCounts(read, applied, parked - 1, discarded + 1);
  }
}
