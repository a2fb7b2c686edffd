package dev.holdfast.cli.bench;

import dev.holdfast.common.client.HoldfastClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Warms a cluster up and measures it, workload by workload. */
final class Bench {
  private static final Duration RAMP = Duration.ofSeconds(2);

  private final WorkloadCalls calls;
  private final ServerProcesses servers;
  private final String machine;
  private final Consumer<String> progress;

  /**
   * @param machine its description, for the rows
   * @param progress prints a line for the user
   */
  Bench(
      HoldfastClient client,
      Items items,
      ServerProcesses servers,
      String machine,
      Consumer<String> progress) {
    calls = new WorkloadCalls(client, items);
    this.servers = servers;
    this.machine = machine;
    this.progress = progress;
  }

  /** Gives each setting an equal part of the time, and reports failed calls. */
  void warmUp(List<BenchRow.Setting> settings, Duration time) {
    for (BenchRow.Setting setting : settings) {
      try (ClosedLoop loop = start(setting)) {
        pause(time.dividedBy(settings.size()));
        ClosedLoop.Counts counts = loop.takeCounts();
        long calls = counts.micros().getTotalCount();
        progress.accept("warmed up " + name(setting) + " with " + calls + " calls");
        complain(loop, counts);
      }
    }
  }

  BenchRow measure(BenchRow.Setting setting, Duration time) {
    progress.accept("measuring " + name(setting));
    BenchRow.Circumstances circumstances =
        new BenchRow.Circumstances(machine, Machine.loadAverage());
    try (ClosedLoop loop = start(setting)) {
      pause(RAMP);
      BenchRow.Measured measured = measure(loop, time);
      complain(loop, measured.counts());
      return new BenchRow(setting, measured, circumstances);
    }
  }

  private BenchRow.Measured measure(ClosedLoop loop, Duration time) {
    loop.takeCounts();
    ServerProcesses.Usage usedBefore = servers.usage();
    long clientBefore = Machine.cpuMicros();
    long startedNanos = System.nanoTime();
    pause(time);
    ClosedLoop.Counts counts = loop.takeCounts();
    double seconds = (System.nanoTime() - startedNanos) / 1e9;
    ServerProcesses.Usage used = servers.usage().minus(usedBefore);
    long clientMicros = Machine.cpuMicros() - clientBefore;
    return new BenchRow.Measured(seconds, counts, servers.isEmpty() ? null : used, clientMicros);
  }

  private void complain(ClosedLoop loop, ClosedLoop.Counts counts) {
    long bad = counts.refused() + counts.failed();
    if (bad > 0) {
      progress.accept(bad + " calls were refused or failed, the last with: " + loop.lastFailure());
    }
  }

  private ClosedLoop start(BenchRow.Setting setting) {
    return ClosedLoop.start(calls.of(setting.workload()), setting.inFlight());
  }

  private static String name(BenchRow.Setting setting) {
    return setting.workload() + " with " + setting.inFlight() + " in flight";
  }

  private static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
