package dev.holdfast.cli.bench;

import dev.holdfast.cli.output.Column;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One measurement. */
record BenchRow(Setting setting, Measured measured, Circumstances circumstances) {
  static final List<Column<BenchRow>> COLUMNS =
      List.of(
          new Column<>("what", row -> row.setting.workload().name()),
          new Column<>("partitions", row -> row.setting.partitions()),
          new Column<>("in_flight", row -> row.setting.inFlight()),
          new Column<>("ops_per_second", row -> Math.round(row.operations() / row.seconds())),
          new Column<>("p50_ms", row -> row.latencyMillis(50)),
          new Column<>("p99_ms", row -> row.latencyMillis(99)),
          new Column<>("p999_ms", row -> row.latencyMillis(99.9)),
          new Column<>("cpu_us_per_op", row -> row.perOperation(row.cpuMicros())),
          new Column<>("client_cpu_us_per_op", row -> row.perOperation(row.clientMicros())),
          new Column<>("bytes_written_per_op", row -> row.perOperation(row.bytesWritten())),
          new Column<>("refused", row -> row.measured.counts().refused()),
          new Column<>("failed", row -> row.measured.counts().failed()));

  /** More columns for JSON and CSV, which lack the notes around a table. */
  static final List<Column<BenchRow>> MORE_COLUMNS =
      List.of(
          new Column<>("items", row -> row.setting.items()),
          new Column<>("seconds", row -> rounded(row.seconds())),
          new Column<>("load_average", row -> rounded(row.circumstances.loadAverage())),
          new Column<>("machine", row -> row.circumstances.machine()));

  record Setting(Workload workload, int inFlight, int partitions, int items) {}

  /**
   * The measured values.
   *
   * @param servers null when the servers cannot be measured from here
   */
  record Measured(
      double seconds,
      ClosedLoop.Counts counts,
      ServerProcesses.@Nullable Usage servers,
      long clientMicros) {}

  record Circumstances(String machine, double loadAverage) {}

  private double seconds() {
    return measured.seconds();
  }

  /** Operations, of which a batch has many. */
  private double operations() {
    long calls = measured.counts().micros().getTotalCount();
    return (double) calls * setting.workload().operationsPerCall();
  }

  private double latencyMillis(double percentile) {
    Histogram micros = measured.counts().micros();
    return rounded(micros.getValueAtPercentile(percentile) / 1_000.0);
  }

  private @Nullable Double cpuMicros() {
    ServerProcesses.Usage servers = measured.servers();
    return servers == null ? null : (double) servers.cpuMicros();
  }

  private @Nullable Double bytesWritten() {
    ServerProcesses.Usage servers = measured.servers();
    return servers == null ? null : (double) servers.bytesWritten();
  }

  private Double clientMicros() {
    return (double) measured.clientMicros();
  }

  private @Nullable Object perOperation(@Nullable Double total) {
    return total == null || operations() == 0 ? null : rounded(total / operations());
  }

  static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
