package dev.holdfast.aggregator.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FreshnessTest {
  private final Freshness freshness = new Freshness();

  @Test
  void shouldNeverHaveBeenCurrentAtFirst() {
    assertThat(freshness.currentAtNanos()).isEmpty();
  }

  @Test
  void shouldBeCurrentWhenTheViewIncludesTheHead() {
    freshness.seen(new Arrival(10, 500), 10);

    assertThat(freshness.currentAtNanos()).isEqualTo(OptionalLong.of(500));
  }

  @Test
  void shouldNotBeCurrentWhileBehind() {
    freshness.seen(new Arrival(10, 500), 7);

    assertThat(freshness.currentAtNanos()).isEmpty();
  }

  @Test
  void shouldHaveBeenCurrentWhenTheHeadOfThenIsIncluded() {
    freshness.seen(new Arrival(10, 500), 7);
    freshness.seen(new Arrival(20, 600), 12);

    assertThat(freshness.currentAtNanos()).isEqualTo(OptionalLong.of(500));
  }

  @Test
  void shouldKeepUpWithAHeadThatAlwaysRunsAhead() {
    for (int i = 1; i <= 100; i++) {
      freshness.seen(new Arrival(10L * i + 5, i), 10L * i);
    }

    assertThat(freshness.currentAtNanos().orElseThrow()).isGreaterThan(96);
  }

  @Test
  void shouldStayAtTheLastMomentWhenFallingBehind() {
    freshness.seen(new Arrival(10, 500), 10);
    freshness.seen(new Arrival(1000, 600), 11);
    freshness.seen(new Arrival(2000, 700), 12);

    assertThat(freshness.currentAtNanos()).isEqualTo(OptionalLong.of(500));
  }
}
