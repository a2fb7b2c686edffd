package dev.holdfast.cli.drill.report;

import dev.holdfast.cli.drill.run.DrillResult;
import dev.holdfast.cli.output.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The experience of callers in one phase. A call counts for the phases in which it ended; one that
 * ended in the quiet after a phase that it met, for that phase.
 *
 * @param beginSeconds since the begin of the drill
 * @param seconds that it lasted
 * @param noWritesSeconds the longest time within it, and until service was back after it, in which
 *     callers wrote to some partition and none was told of a new decision; not beyond the begin of
 *     a later phase; 0 below 10 ms
 */
public record PhaseRow(
    String phase,
    double beginSeconds,
    double seconds,
    Counts operations,
    Pace pace,
    double noWritesSeconds) {
  /** The row of all calls together. */
  public static final String WHOLE_RUN = "whole run";

  /** The row of the calls that met no phase. */
  public static final String BETWEEN = "between phases";

  /** The columns. Scripts rely on these names and their order. */
  public static final List<Column<PhaseRow>> COLUMNS =
      List.of(
          new Column<>("phase", PhaseRow::phase),
          new Column<>("seconds", row -> rounded(row.seconds, 2)),
          new Column<>("operations", row -> row.operations.all()),
          new Column<>("ops_per_second", row -> Math.round(row.pace.operationsPerSecond)),
          new Column<>("p50_ms", row -> rounded(row.pace.p50Millis, 2)),
          new Column<>("p99_ms", row -> rounded(row.pace.p99Millis, 2)),
          new Column<>("refused_pct", row -> row.percent(row.operations.refused())),
          new Column<>("not_tried_pct", row -> row.percent(row.operations.notTried())),
          new Column<>("unknown_pct", row -> row.percent(row.operations.unknown())),
          new Column<>("no_writes_s", row -> rounded(row.noWritesSeconds, 2)));

  /** More columns for JSON and CSV. */
  public static final List<Column<PhaseRow>> MORE_COLUMNS =
      List.of(
          new Column<>("begin_s", row -> rounded(row.beginSeconds, 3)),
          new Column<>("answered", row -> row.operations.answered()),
          new Column<>("refused", row -> row.operations.refused()),
          new Column<>("not_tried", row -> row.operations.notTried()),
          new Column<>("unknown", row -> row.operations.unknown()));

  /**
   * The speed of a phase.
   *
   * @param operationsPerSecond decided for or against within the phase
   * @param p50Millis of answered calls, of which a batch is one; null when there is none
   */
  public record Pace(
      double operationsPerSecond, @Nullable Double p50Millis, @Nullable Double p99Millis) {}

  /**
   * The rows of a drill: all phases by their begin, the time between them if there is any, and the
   * whole run.
   */
  public static List<PhaseRow> of(DrillResult result) {
    return Measures.of(result).rows();
  }

  double percent(long count) {
    return operations.all() == 0 ? 0 : rounded(100.0 * count / operations.all(), 3);
  }

  static @Nullable Double rounded(@Nullable Double value, int digits) {
    return value == null ? null : rounded(value.doubleValue(), digits);
  }

  static double rounded(double value, int digits) {
    double scale = Math.pow(10, digits);
    return Math.round(value * scale) / scale;
  }
}
