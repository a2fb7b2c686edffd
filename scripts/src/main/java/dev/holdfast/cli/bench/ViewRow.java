package dev.holdfast.cli.bench;

import dev.holdfast.cli.output.Column;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One measurement of the view.
 *
 * @param count events, or records of a rebuild
 * @param micros latencies; null where none were measured
 */
record ViewRow(
    String what, int partitions, long count, double seconds, @Nullable Histogram micros) {
  static final List<Column<ViewRow>> COLUMNS =
      List.of(
          new Column<>("what", ViewRow::what),
          new Column<>("partitions", ViewRow::partitions),
          new Column<>("count", ViewRow::count),
          new Column<>("seconds", row -> BenchRow.rounded(row.seconds)),
          new Column<>("per_second", row -> Math.round(row.count / row.seconds)),
          new Column<>("p50_ms", row -> row.millis(50)),
          new Column<>("p99_ms", row -> row.millis(99)),
          new Column<>("p999_ms", row -> row.millis(99.9)));

  private @Nullable Double millis(double percentile) {
    return micros == null
        ? null
        : BenchRow.rounded(micros.getValueAtPercentile(percentile) / 1_000.0);
  }
}
