package dev.holdfast.cli.drill.run;

import dev.holdfast.cli.drill.check.Breach;
import dev.holdfast.cli.drill.check.Finding;
import dev.holdfast.cli.drill.check.Search;
import dev.holdfast.cli.drill.check.Witness;
import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.EventLog;
import dev.holdfast.cli.drill.history.Fields;
import dev.holdfast.cli.drill.history.History;
import dev.holdfast.cli.drill.history.PackedCall;
import dev.holdfast.cli.drill.model.Settings;
import dev.holdfast.common.client.BrokenLogException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A recorded run, and the promises that it shows to be broken. */
record Verdict(History history, EventLog log, List<Finding> findings) {
  /** For each group; one that takes longer counts as a finding. */
  private static final Duration SEARCH_MAX = Duration.ofSeconds(30);

  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(10);

  /**
   * Checks all calls by their positions, and the small groups also by a search that does not trust
   * them.
   */
  static Verdict of(
      DrillPlan plan, Settings settings, DrillStores stores, History history, EventLog log) {
    List<Finding> findings = new ArrayList<>(Witness.check(history, log, settings));
    History groups = groups(plan, stores, history);
    findings.addAll(Search.check(groups, settings, CLOCK_TOLERANCE, SEARCH_MAX));
    return new Verdict(history, log, findings);
  }

  /** Without the whole log, nothing else can be checked. */
  static Verdict ofBrokenLog(History history, BrokenLogException broken) {
    Finding finding =
        new Finding(Breach.BROKEN_LOG, String.valueOf(broken.getMessage()), List.of());
    return new Verdict(history, new EventLog(), List.of(finding));
  }

  private static History groups(DrillPlan plan, DrillStores stores, History history) {
    List<Call> calls =
        history.packed().stream()
            .filter(call -> call.client() > plan.clients() || call.client() == Load.DIRECTOR)
            .map(PackedCall::unpack)
            .filter(call -> Fields.store(call.request()).equals(stores.small()))
            .toList();
    return History.of(calls);
  }
}
