package dev.holdfast.aggregator.deadletter;

/**
 * Counts a partition's changes by outcome. Nothing vanishes: applied + parked + discarded = read.
 * An event that cannot be read counts as one.
 *
 * @param parked now
 */
public record ChangeCounts(long read, long applied, long parked, long discarded) {
  public static final ChangeCounts NONE = new ChangeCounts(0, 0, 0, 0);

  ChangeCounts applied(long changes) {
    return new ChangeCounts(read + changes, applied + changes, parked, discarded);
  }

  ChangeCounts parked(long changes) {
    return new ChangeCounts(read + changes, applied, parked + changes, discarded);
  }

  /** A parked change was applied after all. */
  ChangeCounts mended() {
    return new ChangeCounts(read, applied + 1, parked - 1, discarded);
  }

  /** A parked change was given up. */
  ChangeCounts gaveUp() {
    return new ChangeCounts(read, applied, parked - 1, discarded + 1);
  }
}
