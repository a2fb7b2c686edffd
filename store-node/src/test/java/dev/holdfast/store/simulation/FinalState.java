package dev.holdfast.store.simulation;

import dev.holdfast.store.decide.state.Moment;
import dev.holdfast.store.testing.Auditor;
import dev.holdfast.store.testing.MemoryReplica;
import dev.holdfast.store.testing.StateText;
import java.util.Map;

/** The state that a log led to, against that of the model. */
record FinalState(MemoryReplica state, Auditor auditor) {
  void check() {
    long now = state.logEnd().timeMillis();
    Map<String, String> found =
        StateText.of(state, state.allStock().keySet(), state.allReservations().keySet(), now);
    found.putAll(
        StateText.ofTransfers(state, state.allStock().keySet(), state.transfers().all().keySet()));
    Moment moment = new Moment(now, state.sequence() + 1);
    Witness.assertEqual(auditor.state(moment), found, "the state at", moment);
  }
}
