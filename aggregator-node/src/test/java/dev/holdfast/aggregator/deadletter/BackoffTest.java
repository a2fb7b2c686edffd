package dev.holdfast.aggregator.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void shouldWaitFourTimesAsLongAfterEachFailure() {
    assertThat(Backoff.millis(1, 1)).isEqualTo(1_000);
    assertThat(Backoff.millis(2, 1)).isEqualTo(4_000);
    assertThat(Backoff.millis(3, 1)).isEqualTo(16_000);
  }

  @Test
  void shouldWaitAtLeastHalfOfThat() {
    assertThat(Backoff.millis(1, 0)).isEqualTo(500);
    assertThat(Backoff.millis(2, 0.5)).isEqualTo(3_000);
  }
}
