package dev.holdfast.aggregator.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class LetterDeskTest {
  private final LetterDesk desk = new LetterDesk();

  @Test
  void shouldRefuseWhatIsTooMuchAtOnce() {
    for (int i = 0; i < 100; i++) {
      assertThat(desk.retry(List.of(LetterId.ofEvent(0, i)))).isNotDone();
    }

    assertThat(desk.discard(LetterId.ofEvent(0, 1), "why"))
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void shouldHandOutRequestsInOrder() {
    var first = desk.retry(List.of(LetterId.ofEvent(0, 1)));
    var second = desk.discard(LetterId.ofEvent(0, 2), "why");

    assertThat(desk.poll()).isNotNull().extracting(Request::answer).isSameAs(first);
    assertThat(desk.isEmpty()).isFalse();
    assertThat(second).isNotDone();
  }
}
