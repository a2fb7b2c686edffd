package dev.holdfast.aggregator.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RebuildScheduleTest {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final RebuildSchedule mending = new RebuildSchedule();

  @Test
  void shouldMendAtOnceTheFirstTime() {
    assertThat(mending.found(0, 0)).isZero();
  }

  @Test
  void shouldPauseLongerEachTimeAPartIsFoundToDifferAgain() {
    Duration pause = Duration.ZERO;
    for (int time = 0; time < 12; time++) {
      pause = mending.found(0, time);
      mending.mended(0, time);
    }

    assertThat(pause).isGreaterThan(Duration.ofMinutes(2)).isLessThan(Duration.ofMinutes(10));
    assertThat(mending.found(1, 12)).isZero();
  }

  @Test
  void shouldForgiveAPartThatStayedRight() {
    mending.mended(0, 0);

    assertThat(mending.found(0, 9 * MINUTE)).isPositive();
    mending.mended(0, 9 * MINUTE);
    assertThat(mending.found(0, 19 * MINUTE)).isZero();
  }

  @Test
  void shouldTryAgainSoonWhatCouldNotBeDone() {
    Duration pause = Duration.ZERO;
    for (int time = 0; time < 12; time++) {
      pause = mending.failed(0);
    }

    assertThat(pause).isPositive().isLessThan(Duration.ofSeconds(20));
    assertThat(mending.failures(0)).isEqualTo(12);
    mending.mended(0, 0);
    assertThat(mending.failures(0)).isZero();
  }
}
