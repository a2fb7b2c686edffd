package dev.holdfast.deploy.faults;

import dev.holdfast.cli.drill.report.Counts;
import java.util.List;
import java.util.function.ToLongFunction;

/** All runs of one fault. */
record FaultRow(Fault fault, List<DrillRun> runs) {
  FaultRow {
    runs = List.copyOf(runs);
  }

  static List<FaultRow> of(List<DrillRun> runs) {
    return runs.stream()
        .map(DrillRun::fault)
        .distinct()
        .map(fault -> new FaultRow(fault, of(fault, runs)))
        .toList();
  }

  private static List<DrillRun> of(Fault fault, List<DrillRun> runs) {
    return runs.stream().filter(run -> run.fault().equals(fault)).toList();
  }

  long operations() {
    return sum(Counts::all);
  }

  /** Not tried, in the drill's words: a leader was missing. */
  long refused() {
    return sum(Counts::notTried);
  }

  long unknown() {
    return sum(Counts::unknown);
  }

  private long sum(ToLongFunction<Counts> count) {
    return runs.stream().mapToLong(run -> count.applyAsLong(run.operations())).sum();
  }

  int blows() {
    return runs.stream().mapToInt(DrillRun::blows).sum();
  }

  long violations() {
    return runs.stream().mapToLong(run -> run.problems().size()).sum();
  }

  boolean held() {
    return violations() == 0;
  }

  double medianSilenceSeconds() {
    return silences()[(runs.size() - 1) / 2];
  }

  double longestSilenceSeconds() {
    return silences()[runs.size() - 1];
  }

  private double[] silences() {
    return runs.stream().mapToDouble(DrillRun::silenceSeconds).sorted().toArray();
  }
}
