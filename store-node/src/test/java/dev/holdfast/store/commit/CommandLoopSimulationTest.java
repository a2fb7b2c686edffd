package dev.holdfast.store.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.status.Reason;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many short runs against a log that loses leadership, delays, drops and tells late. To repeat one:
 * {@code -Dholdfast.seed=N}, which then runs many times, since threads add timing of their own.
 */
final class CommandLoopSimulationTest {
  private static final int RUNS = 300;

  @Test
  @Timeout(300)
  void shouldLoseNothingDoubleNothingAndAnswerEveryCommandOnce() {
    Long only = Long.getLong("holdfast.seed");
    long firstSeed = System.nanoTime();
    Map<String, Long> outcomes = new TreeMap<>();
    for (int i = 0; i < RUNS; i++) {
      long seed = only == null ? firstSeed + i : only;
      run(seed).forEach((outcome, count) -> outcomes.merge(outcome, count, Long::sum));
    }
    assertWorthIt(outcomes);
  }

  private static Map<String, Long> run(long seed) {
    try {
      return new SimulatedPartition(seed).run();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("run again with -Dholdfast.seed=" + seed, e);
    }
  }

  /** A simulation that never gets to the hard parts would be green as well. */
  private static void assertWorthIt(Map<String, Long> outcomes) {
    assertThat(outcomes.get("decided")).isGreaterThan(RUNS);
    assertThat(outcomes.get("digests")).isGreaterThan(RUNS);
    assertThat(outcomes.get(Reason.OUTCOME_UNKNOWN.name())).isGreaterThan(RUNS);
    assertThat(outcomes.get(Reason.NO_LEADER.name())).isGreaterThan(RUNS);
    assertThat(outcomes.get(Reason.OVERLOADED.name())).isGreaterThan(RUNS / 4L);
    assertThat(outcomes.get(Reason.IDEMPOTENCY_KEY_REUSED.name())).isGreaterThan(RUNS / 4L);
  }
}
