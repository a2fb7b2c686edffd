package dev.holdfast.deploy.faults;

import dev.holdfast.cli.drill.report.Counts;
import dev.holdfast.cli.drill.report.PhaseRow;
import dev.holdfast.cli.drill.run.DrillResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One drill with one fault, and its checks.
 *
 * @param result null when the drill itself came to no end, and once it is not needed any more
 * @param rows of its phases
 * @param problems broken promises; empty when everything held
 */
record DrillRun(
    Fault fault,
    long seed,
    int blows,
    @Nullable DrillResult result,
    List<PhaseRow> rows,
    List<String> problems) {
  DrillRun {
    rows = List.copyOf(rows);
    problems = List.copyOf(problems);
  }

  static DrillRun withoutEnd(Fault fault, long seed, int blows, Throwable why) {
    return new DrillRun(fault, seed, blows, null, List.of(), List.of("no end: " + why));
  }

  DrillRun with(String problem) {
    List<String> more = new ArrayList<>(problems);
    more.add(problem);
    return new DrillRun(fault, seed, blows, result, rows, more);
  }

  /**
   * The same with a problem for whatever callers felt of a fault that they must not feel.
   *
   * @param before terms of the partitions before the fault
   */
  DrillRun unfelt(List<Long> before, List<Long> after) {
    DrillRun looked = this;
    long notTried = operations().notTried();
    long unknown = operations().unknown();
    if (notTried + unknown > 0) {
      looked =
          looked.with(
              "%d operations were refused undecided, and the outcome of %d is unknown"
                  .formatted(notTried, unknown));
    }
    return after.equals(before)
        ? looked
        : looked.with("a leader was elected: terms %s became %s".formatted(before, after));
  }

  /** The same without its history, which takes much memory. */
  DrillRun withoutResult() {
    return new DrillRun(fault, seed, blows, null, rows, problems);
  }

  boolean held() {
    return problems.isEmpty();
  }

  Counts operations() {
    return rows.stream()
        .filter(row -> row.phase().equals(PhaseRow.WHOLE_RUN))
        .map(PhaseRow::operations)
        .findFirst()
        .orElse(new Counts(0, 0, 0, 0));
  }

  /** The longest time in which callers wrote to a partition and none was told of a decision. */
  double silenceSeconds() {
    return silenceSeconds(rows);
  }

  static double silenceSeconds(List<PhaseRow> rows) {
    return rows.stream().mapToDouble(PhaseRow::noWritesSeconds).max().orElse(0);
  }
}
