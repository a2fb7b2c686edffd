package dev.holdfast.cli.drill.check;

import dev.holdfast.cli.drill.check.Op.Told;
import dev.holdfast.cli.drill.history.Call;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The bounds that real time sets to positions: what had ended when a call began is before it, and
 * what began after its end is behind it. Looked up in O(log n).
 */
final class RealTime {
  private final long[] ends;
  private final long[] greatestEnded;
  private final long[] begins;
  private final long[] smallestBegun;

  RealTime(List<Step> steps, List<Op> reads) {
    List<long[]> ended =
        java.util.stream.Stream.concat(
                steps.stream().map(step -> new long[] {step.end(), step.sequence()}),
                reads.stream()
                    .filter(read -> read.told() == Told.READ)
                    .map(read -> new long[] {read.end(), read.sequence()}))
            .filter(each -> each[0] != Call.NEVER)
            .sorted(Comparator.comparingLong(each -> each[0]))
            .toList();
    List<long[]> begun =
        steps.stream()
            .map(step -> new long[] {step.begin(), step.sequence()})
            .filter(each -> each[0] != Call.NEVER)
            .sorted(Comparator.comparingLong(each -> each[0]))
            .toList();
    ends = ended.stream().mapToLong(each -> each[0]).toArray();
    greatestEnded = ended.stream().mapToLong(each -> each[1]).toArray();
    begins = begun.stream().mapToLong(each -> each[0]).toArray();
    smallestBegun = begun.stream().mapToLong(each -> each[1]).toArray();
    Arrays.parallelPrefix(greatestEnded, Math::max);
    for (int i = smallestBegun.length - 2; i >= 0; i--) {
      smallestBegun[i] = Math.min(smallestBegun[i], smallestBegun[i + 1]);
    }
  }

  /** The greatest position that had ended before a time; 0 when there was none. */
  long endedBefore(long nanos) {
    int count = countBelow(ends, nanos);
    return count == 0 ? 0 : greatestEnded[count - 1];
  }

  /** The last position before all that began after a time. */
  long begunBy(long nanos) {
    int count = nanos == Call.NEVER ? begins.length : countBelow(begins, nanos + 1);
    return count == begins.length ? Long.MAX_VALUE : smallestBegun[count] - 1;
  }

  /** The number of times before a time. */
  private static int countBelow(long[] sorted, long nanos) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < nanos) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Checks all steps and reads that name a position. */
  void check(List<Step> steps, List<Op> reads, Findings findings) {
    for (Step step : steps) {
      long ended = step.ops().isEmpty() ? 0 : endedBefore(step.begin());
      if (ended >= step.sequence()) {
        String what = "decided at " + step.sequence() + ", but began when " + ended + " had ended";
        findings.add(Breach.REORDERED, what, step.ops());
      }
    }
    for (Op read : reads) {
      long at = read.sequence();
      long ended = read.told() == Told.LATE_READ ? 0 : endedBefore(read.begin());
      if (at > 0 && (at < ended || at > begunBy(read.end()))) {
        String what = "read as of " + at + ", but " + ended + " had ended when it began";
        findings.add(
            Breach.WRONG_READ,
            at < ended ? what : "read as of " + at + ", which had not begun yet",
            read.call());
      }
    }
  }
}
