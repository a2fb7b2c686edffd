package dev.holdfast.cli.drill.report;

import dev.holdfast.cli.drill.check.Breach;
import dev.holdfast.cli.drill.check.Finding;
import dev.holdfast.cli.drill.check.ShortestPrefix.Prefix;
import dev.holdfast.cli.drill.run.DrillResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that a report says.
 *
 * @param failing the shortest prefix of the history that shows a finding; empty when there is none
 */
record Report(
    DrillResult result, Measures measures, List<PhaseRow> rows, Optional<Prefix> failing) {

  /** The verdict in words: first a sentence that says it all, then what it rests on. */
  String verdict() {
    List<Finding> findings = result.findings();
    if (findings.isEmpty()) {
      return "Everything held";
    }
    boolean undecided = findings.stream().allMatch(each -> each.breach() == Breach.UNDECIDED);
    String count = findings.size() == 1 ? "1 finding" : findings.size() + " findings";
    return undecided ? "Undecided: " + count : "Promises were broken: " + count;
  }

  String basis() {
    return String.format(
        Locale.ROOT,
        "%,d operations by %d clients in %.1f s were checked.",
        whole().operations().all(),
        result.plan().clients(),
        whole().seconds());
  }

  /** A command that makes the same calls, in the order that chance gives them. */
  String command() {
    return "holdfast drill --seed %d --clients %d --seconds %d"
        .formatted(result.plan().seed(), result.plan().clients(), result.plan().time().toSeconds());
  }

  private PhaseRow whole() {
    return rows.get(rows.size() - 1);
  }

  double seconds() {
    return whole().seconds();
  }

  /** Seconds since the begin of the drill. */
  double secondsAt(long nanos) {
    return measures.millis(nanos) / 1_000.0;
  }
}
