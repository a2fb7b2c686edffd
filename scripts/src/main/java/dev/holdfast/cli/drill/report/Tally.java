package dev.holdfast.cli.drill.report;

import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.Outcome;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Counts operations by their outcome, and measures answered calls. For one thread. */
final class Tally {
  private final Histogram micros;
  private Counts counts = Counts.NONE;

  /**
   * @param digits precision of the percentiles
   */
  Tally(int digits) {
    micros = new Histogram(digits);
  }

  /** Adds a call and its operations. */
  void add(Call call, Counts operations) {
    counts = counts.plus(operations);
    if (call.outcome() instanceof Outcome.Answered) {
      micros.recordValue((call.endNanos() - call.beginNanos()) / 1_000);
    }
  }

  Counts counts() {
    return counts;
  }

  /** Null when no call was answered. */
  @Nullable Double millis(double percentile) {
    return micros.getTotalCount() == 0 ? null : micros.getValueAtPercentile(percentile) / 1_000.0;
  }
}
