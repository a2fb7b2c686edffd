package dev.holdfast.cli.drill.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.History;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.cli.drill.model.Settings;
import dev.holdfast.cli.drill.workload.RandomRequests.Mix;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WitnessTest {
  private static final int RUNS = 1_000;
  private static final int BUGGY_RUNS = 25;

  /** The ways in which another state than the right one shows. */
  private static final Breach[] OTHER_STATE = {
    Breach.WRONG_ANSWER, Breach.WRONG_READ, Breach.WRONGLY_ACCEPTED, Breach.NEVER_TRUE
  };

  @Test
  void shouldAcceptValidHistories() {
    for (int seed = 0; seed < RUNS; seed++) {
      SimulatedRun run = SimulatedRun.of(seed, Mix.EVERYTHING, 2 + seed % 9, 150, Bug.NONE);
      assertThat(Witness.check(run.history(), run.log(), Settings.DEFAULT))
          .as("seed %d", seed)
          .isEmpty();
    }
  }

  @Test
  void shouldAcceptValidHistoriesWithoutLog() {
    for (int seed = 0; seed < RUNS / 5; seed++) {
      SimulatedRun run =
          SimulatedRun.of(seed, Mix.ITEMS_AND_RESERVATIONS, 2 + seed % 9, 150, Bug.NONE);
      assertThat(Witness.check(run.history(), null, Settings.DEFAULT))
          .as("seed %d", seed)
          .allMatch(finding -> finding.breach() == Breach.UNDECIDED);
    }
  }

  @Test
  void shouldFindLostWrite() {
    assertFound(Bug.LOST_WRITE, Breach.LOST);
  }

  @Test
  void shouldFindDoubledWrite() {
    assertFound(Bug.DOUBLED_WRITE, Breach.DOUBLED);
  }

  @Test
  void shouldFindStaleRead() {
    assertFound(Bug.STALE_READ, Breach.WRONG_READ);
  }

  @Test
  void shouldFindTornOrder() {
    assertFound(Bug.TORN_ORDER, OTHER_STATE);
  }

  @Test
  void shouldFindOversoldStock() {
    assertFound(Bug.OVERSOLD, Breach.WRONGLY_ACCEPTED);
  }

  @Test
  void shouldFindRefusalThatWasNeverTrue() {
    assertFound(Bug.UNTRUE_REFUSAL, Breach.NEVER_TRUE);
  }

  @Test
  void shouldFindLeaseUsedAfterItWasStolen() {
    assertFound(Bug.STOLEN_LEASE_USED, Breach.WRONGLY_ACCEPTED);
  }

  @Test
  void shouldFindEarlyExpiry() {
    assertFound(Bug.EARLY_EXPIRY, Breach.EXPIRED_EARLY);
  }

  @Test
  void shouldFindSkippedVersion() {
    assertFound(Bug.SKIPPED_VERSION, OTHER_STATE);
  }

  @Test
  void shouldFindUnitsThatArrivedTwice() {
    assertFound(Bug.DOUBLED_ARRIVAL, Breach.WRONG_ARRIVAL);
  }

  @Test
  void shouldFindReorderedCalls() {
    for (int seed = 0; seed < BUGGY_RUNS; seed++) {
      SimulatedRun run = SimulatedRun.of(seed, Mix.EVERYTHING, 6, 200, Bug.NONE);
      History history = Reordered.of(run.history(), new Random(seed));
      assertThat(Witness.check(history, run.log(), Settings.DEFAULT))
          .as("seed %d", seed)
          .extracting(Finding::breach)
          .contains(Breach.REORDERED);
    }
  }

  @Test
  void shouldFindOneKeyWithTwoAnswers() {
    SimulatedRun run = SimulatedRun.of(1, Mix.EVERYTHING, 6, 200, Bug.NONE);
    List<Call> calls = new ArrayList<>(run.history().calls());
    Call first = Reordered.adjusted(calls).get(3);
    AdjustStockResponse answer =
        (AdjustStockResponse) ((Outcome.Answered) first.outcome()).answer();
    Position other = answer.getPosition().toBuilder().setSequence(9_999).build();
    calls.add(first.with(new Outcome.Answered(answer.toBuilder().setPosition(other).build())));

    assertThat(Witness.check(History.of(calls), null, Settings.DEFAULT))
        .extracting(Finding::breach)
        .contains(Breach.KEY_WITH_TWO_ANSWERS);
    assertThat(Witness.check(History.of(calls), run.log(), Settings.DEFAULT))
        .extracting(Finding::breach)
        .contains(Breach.WRONG_ANSWER);
  }

  @Test
  void shouldFindCallThatHappenedThoughItsCallerWasToldOtherwise() {
    SimulatedRun run = SimulatedRun.of(2, Mix.ITEMS_AND_RESERVATIONS, 6, 200, Bug.NONE);
    List<Call> calls = new ArrayList<>(run.history().calls());
    Call wrong = Reordered.adjusted(calls).get(5);
    calls.set(calls.indexOf(wrong), wrong.with(Outcome.Undecided.NOT_TRIED));

    assertThat(Witness.check(History.of(calls), run.log(), Settings.DEFAULT))
        .extracting(Finding::breach)
        .contains(Breach.UNASKED);
  }

  private static void assertFound(Bug bug, Breach... breaches) {
    int runs = 0;
    for (int seed = 0; runs < BUGGY_RUNS; seed++) {
      SimulatedRun run = SimulatedRun.of(seed, Mix.EVERYTHING, 6, 200, bug);
      if (run.hasErred()) {
        runs++;
        assertThat(Witness.check(run.history(), run.log(), Settings.DEFAULT))
            .as("seed %d", seed)
            .extracting(Finding::breach)
            .containsAnyOf(breaches);
      }
    }
  }
}
