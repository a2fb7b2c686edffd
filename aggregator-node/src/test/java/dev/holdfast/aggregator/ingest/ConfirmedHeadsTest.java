package dev.holdfast.aggregator.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ConfirmedHeadsTest {
  private final ConfirmedHeads freshness = new ConfirmedHeads(0);

  @Test
  void shouldKnowNothingAtFirst() {
    assertThat(freshness.currentAtNanos()).isEmpty();
    assertThat(freshness.headSequence()).isEmpty();
  }

  @Test
  void shouldNotCallCurrentWhatNobodyConfirmed() {
    freshness.included(10);

    assertThat(freshness.currentAtNanos()).isEmpty();
  }

  @Test
  void shouldBeCurrentAsOfTheQuestionWhenTheViewIncludesTheHead() {
    freshness.included(10);
    freshness.confirmed(new ConfirmedHead(10, 500));

    assertThat(freshness.currentAtNanos()).isEqualTo(OptionalLong.of(500));
    assertThat(freshness.headSequence()).isEqualTo(OptionalLong.of(10));
  }

  @Test
  void shouldNotBeCurrentWhileBehind() {
    freshness.included(7);
    freshness.confirmed(new ConfirmedHead(10, 500));

    assertThat(freshness.currentAtNanos()).isEmpty();
  }

  @Test
  void shouldHaveBeenCurrentWhenTheHeadOfThenIsIncluded() {
    freshness.included(7);
    freshness.confirmed(new ConfirmedHead(10, 500));
    freshness.confirmed(new ConfirmedHead(20, 600));
    freshness.included(12);

    assertThat(freshness.currentAtNanos()).isEqualTo(OptionalLong.of(500));
  }

  @Test
  void shouldKeepUpWithAHeadThatAlwaysRunsAhead() {
    for (int i = 1; i <= 100; i++) {
      freshness.confirmed(new ConfirmedHead(10L * i + 5, i));
      freshness.included(10L * i);
    }

    assertThat(freshness.currentAtNanos().orElseThrow()).isGreaterThan(96);
  }

  @Test
  void shouldStayAtTheLastMomentWhenFallingBehind() {
    freshness.included(10);
    freshness.confirmed(new ConfirmedHead(10, 500));
    freshness.confirmed(new ConfirmedHead(1000, 600));
    freshness.included(11);
    freshness.confirmed(new ConfirmedHead(2000, 700));
    freshness.included(12);

    assertThat(freshness.currentAtNanos()).isEqualTo(OptionalLong.of(500));
  }
}
