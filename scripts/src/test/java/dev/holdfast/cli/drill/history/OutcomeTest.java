package dev.holdfast.cli.drill.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import io.grpc.Status;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OutcomeTest {
  @Test
  void shouldTakeForUnknownWhatMayHaveHappened() {
    assertThat(outcome(Reason.OUTCOME_UNKNOWN)).isEqualTo(Outcome.Undecided.UNKNOWN);
    Throwable late = Status.DEADLINE_EXCEEDED.asRuntimeException();
    assertThat(Outcome.of(HoldfastException.from(late))).isEqualTo(Outcome.Undecided.UNKNOWN);
  }

  @Test
  void shouldTakeForNotTriedWhatNobodyLookedAt() {
    assertThat(outcome(Reason.NO_LEADER)).isEqualTo(Outcome.Undecided.NOT_TRIED);
    assertThat(outcome(Reason.OVERLOADED)).isEqualTo(Outcome.Undecided.NOT_TRIED);
  }

  @Test
  void shouldTakeForRefusedWhatTellsOfTheStock() {
    Map<String, String> details = Map.of("sku", "tea");

    for (Reason reason : new Reason[] {Reason.INSUFFICIENT_STOCK, Reason.LOCKED}) {
      assertThat(Outcome.of(Statuses.of(new Refusal(reason, "no", details))))
          .isEqualTo(new Outcome.Refused(reason.name(), details));
    }
  }

  private static Outcome outcome(Reason reason) {
    return Outcome.of(Statuses.of(reason, "no"));
  }
}
