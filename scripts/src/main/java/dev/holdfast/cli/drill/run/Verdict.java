package dev.holdfast.cli.drill.run;

import dev.holdfast.cli.drill.check.Finding;
import dev.holdfast.cli.drill.check.Search;
import dev.holdfast.cli.drill.check.Witness;
import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.EventLog;
import dev.holdfast.cli.drill.history.Fields;
import dev.holdfast.cli.drill.history.History;
import dev.holdfast.cli.drill.history.PackedCall;
import dev.holdfast.cli.drill.model.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks all calls by their positions, and the small groups also by a search that does not trust
 * them.
 */
final class Verdict {
  /** For each group; one that takes longer counts as a finding. */
  private static final Duration SEARCH_MAX = Duration.ofSeconds(30);

  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(10);

  private final DrillPlan plan;
  private final DrillStores stores;
  private final History history;
  private final EventLog log;

  Verdict(DrillPlan plan, DrillStores stores, History history, EventLog log) {
    this.plan = plan;
    this.stores = stores;
    this.history = history;
    this.log = log;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>(Witness.check(history, log, Settings.DEFAULT));
    findings.addAll(Search.check(groups(), Settings.DEFAULT, CLOCK_TOLERANCE, SEARCH_MAX));
    return findings;
  }

  private History groups() {
    List<Call> calls =
        history.packed().stream()
            .filter(call -> call.client() > plan.clients() || call.client() == Load.DIRECTOR)
            .map(PackedCall::unpack)
            .filter(call -> Fields.store(call.request()).equals(stores.small()))
            .toList();
    return History.of(calls);
  }
}
