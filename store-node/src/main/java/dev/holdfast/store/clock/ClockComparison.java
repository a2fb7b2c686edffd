package dev.holdfast.store.clock;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * The clocks of a cluster's members, compared. Pure.
 *
 * @param medianMillis the middle one; empty when less than a majority is known, or when the two in
 *     the middle differ: nobody knows then who is right
 * @param isMajority whether a majority of the members is within the tolerance of the median
 */
public record ClockComparison(OptionalLong medianMillis, boolean isMajority, long toleranceMillis) {

  /**
   * Compares.
   *
   * @param clocks those that are known, this node's own among them, on any common scale
   * @param members of the cluster, known or not
   */
  public static ClockComparison of(LongStream clocks, int members, Duration tolerance) {
    long toleranceMillis = tolerance.toMillis();
    long[] known = clocks.sorted().toArray();
    int majority = members / 2 + 1;
    if (known.length < majority) {
      return new ClockComparison(OptionalLong.empty(), false, toleranceMillis);
    }
    long lower = known[(known.length - 1) / 2];
    long upper = known[known.length / 2];
    if (upper - lower > toleranceMillis) {
      return new ClockComparison(OptionalLong.empty(), false, toleranceMillis);
    }
    long median = lower + (upper - lower) / 2;
    long near =
        Arrays.stream(known).filter(each -> Math.abs(each - median) <= toleranceMillis).count();
    return new ClockComparison(OptionalLong.of(median), near >= majority, toleranceMillis);
  }

  /** By how much a clock is ahead of the median; empty when there is none. */
  public OptionalLong offset(long clock) {
    return medianMillis.isPresent()
        ? OptionalLong.of(clock - medianMillis.getAsLong())
        : OptionalLong.empty();
  }

  /** Whether a clock is known to be wrong. */
  public boolean isOff(long clock) {
    OptionalLong offset = offset(clock);
    return offset.isPresent() && Math.abs(offset.getAsLong()) > toleranceMillis;
  }
}
