package dev.holdfast.common.failpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FailPlanTest {
  @Test
  void shouldFailAtTheCountThatIsAskedFor() {
    FailPlan plan = FailPlan.parse("state-write=fail@3");

    assertThatNoException().isThrownBy(() -> plan.at(FailPoint.STATE_WRITE, 1));
    assertThatNoException().isThrownBy(() -> plan.at(FailPoint.STATE_WRITE, 2));
    assertThatThrownBy(() -> plan.at(FailPoint.STATE_WRITE, 3))
        .isInstanceOf(FailPointException.class)
        .hasMessage("failpoint STATE_WRITE");
    assertThatNoException().isThrownBy(() -> plan.at(FailPoint.STATE_WRITE, 4));
    assertThatNoException().isThrownBy(() -> plan.at(FailPoint.LOG_APPEND, 3));
  }

  @Test
  void shouldFailAtTheSamePlacesForTheSameSeed() {
    List<Integer> failures = failures("seed=7;log-append=fail@0.1");

    assertThat(failures).hasSizeBetween(50, 150);
    assertThat(failures("seed=7;log-append=fail@0.1")).isEqualTo(failures);
    assertThat(failures("seed=8;log-append=fail@0.1")).isNotEqualTo(failures);
  }

  private static List<Integer> failures(String text) {
    FailPlan plan = FailPlan.parse(text);
    List<Integer> failures = new ArrayList<>();
    for (int count = 1; count <= 1_000; count++) {
      try {
        plan.at(FailPoint.LOG_APPEND, count);
      } catch (FailPointException e) {
        failures.add(count);
      }
    }
    return failures;
  }

  @Test
  void shouldDelay() {
    FailPlan plan = FailPlan.parse("feed-send=delay:30");
    long start = System.nanoTime();

    plan.at(FailPoint.FEED_SEND, 1);

    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(30_000_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere=fail", "state-write", "state-write=explode", "feed-send=fail@x"})
  void shouldRefuseWhatIsNoPlan(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> FailPlan.parse(text));
  }

  @Test
  void shouldDoNothingWithoutAPlan() {
    FailPlan plan = FailPlan.parse("");

    for (FailPoint point : FailPoint.values()) {
      assertThatNoException().isThrownBy(() -> plan.at(point, 1));
    }
  }
}
