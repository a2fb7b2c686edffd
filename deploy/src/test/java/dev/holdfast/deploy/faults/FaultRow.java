package dev.holdfast.deploy.faults;

import java.time.Duration;
import java.util.List;

/** All runs of one fault. */
record FaultRow(Fault fault, List<DrillRun> runs) {
  FaultRow {
    runs = List.copyOf(runs);
  }

  static List<FaultRow> of(List<DrillRun> runs) {
    return runs.stream()
        .map(DrillRun::fault)
        .distinct()
        .map(
            fault ->
                new FaultRow(
                    fault, runs.stream().filter(run -> run.fault().equals(fault)).toList()))
        .toList();
  }

  long operations() {
    return runs.stream().mapToLong(DrillRun::operations).sum();
  }

  long refused() {
    return runs.stream().mapToLong(DrillRun::refused).sum();
  }

  long unknown() {
    return runs.stream().mapToLong(DrillRun::unknown).sum();
  }

  int blows() {
    return runs.stream().mapToInt(DrillRun::blows).sum();
  }

  long failures() {
    return runs.stream().filter(run -> !run.held()).count();
  }

  double medianSilenceSeconds() {
    List<Duration> sorted = silences();
    return sorted.get((sorted.size() - 1) / 2).toMillis() / 1000.0;
  }

  double longestSilenceSeconds() {
    List<Duration> sorted = silences();
    return sorted.get(sorted.size() - 1).toMillis() / 1000.0;
  }

  private List<Duration> silences() {
    return runs.stream().map(DrillRun::silence).sorted().toList();
  }
}
