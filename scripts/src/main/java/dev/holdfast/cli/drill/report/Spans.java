package dev.holdfast.cli.drill.report;

import dev.holdfast.cli.drill.run.Timeline.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Finds the phases of calls. Immutable. */
final class Spans {
  private static final int[] NONE = {};

  /** The phases change at these times only. */
  private final long[] borders;

  /** The phases before the first border, between two of them, and after the last. */
  private final int[][] running;

  Spans(List<Phase> phases) {
    borders =
        phases.stream()
            .flatMapToLong(phase -> LongStream.of(phase.beginNanos(), phase.endNanos()))
            .sorted()
            .distinct()
            .toArray();
    running = new int[borders.length + 1][];
    running[0] = NONE;
    for (int i = 0; i < borders.length; i++) {
      long from = borders[i];
      running[i + 1] =
          IntStream.range(0, phases.size())
              .filter(at -> phases.get(at).beginNanos() <= from && from < phases.get(at).endNanos())
              .toArray();
    }
  }

  /** The phases that run at a time. */
  int[] at(long nanos) {
    return running[span(nanos)];
  }

  /**
   * The phases for which a call counts: those in which it ended; else the last that it met, since a
   * call that outlasts a fault was hurt by it; none for a call that met none.
   */
  int[] of(long beginNanos, long endNanos) {
    int first = span(beginNanos);
    for (int i = span(endNanos); i >= first; i--) {
      if (running[i].length > 0) {
        return running[i];
      }
    }
    return NONE;
  }

  /** How many borders are not after a time. */
  private int span(long nanos) {
    int found = Arrays.binarySearch(borders, nanos);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** How much of an interval belongs to no phase. */
  long quietNanos(long beginNanos, long endNanos) {
    long quiet = 0;
    long from = beginNanos;
    for (int i = span(beginNanos); from < endNanos; i++) {
      long to = i < borders.length ? Math.min(borders[i], endNanos) : endNanos;
      quiet += running[i].length == 0 ? to - from : 0;
      from = to;
    }
    return quiet;
  }
}
