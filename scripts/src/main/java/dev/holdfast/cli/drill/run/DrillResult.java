package dev.holdfast.cli.drill.run;

import dev.holdfast.cli.drill.check.Finding;
import dev.holdfast.cli.drill.history.EventLog;
import dev.holdfast.cli.drill.history.History;
import dev.holdfast.cli.drill.model.Settings;
import java.util.List;

/**
 * Everything that a drill recorded and found.
 *
 * @param settings of the nodes, and who called them
 * @param operations commands and reads; a batch counts as many as it holds
 * @param beginNanos monotonic time of the first call
 * @param findings broken promises; empty when everything held
 */
public record DrillResult(
    DrillPlan plan,
    Settings settings,
    History history,
    EventLog log,
    List<Timeline.Phase> phases,
    long operations,
    long beginNanos,
    List<Finding> findings) {
  public DrillResult {
    phases = List.copyOf(phases);
    findings = List.copyOf(findings);
  }

  public boolean isClean() {
    return findings.isEmpty();
  }
}
