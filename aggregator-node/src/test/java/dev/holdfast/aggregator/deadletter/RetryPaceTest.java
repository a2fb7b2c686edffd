package dev.holdfast.aggregator.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RetryPaceTest {
  private static final Clock NOW = Clock.fixed(Instant.ofEpochMilli(7), ZoneOffset.UTC);

  private static long pause(int failures, double chance) {
    return new RetryPace(NOW, () -> chance).retryMillis(failures) - NOW.millis();
  }

  @Test
  void shouldWaitFourTimesAsLongAfterEachFailure() {
    assertThat(pause(1, 1)).isEqualTo(1_000);
    assertThat(pause(2, 1)).isEqualTo(4_000);
    assertThat(pause(3, 1)).isEqualTo(16_000);
  }

  @Test
  void shouldWaitAtLeastHalfOfThat() {
    assertThat(pause(1, 0)).isEqualTo(500);
    assertThat(pause(2, 0.5)).isEqualTo(3_000);
  }
}
