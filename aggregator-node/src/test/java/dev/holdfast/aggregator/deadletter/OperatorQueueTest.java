package dev.holdfast.aggregator.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class OperatorQueueTest {
  private final OperatorQueue requests = new OperatorQueue();

  @Test
  void shouldRefuseWhatIsTooMuchAtOnce() {
    for (int i = 0; i < 100; i++) {
      assertThat(requests.retry(List.of(LetterId.ofEvent(0, i)))).isNotDone();
    }

    assertThat(requests.discard(LetterId.ofEvent(0, 1), "why"))
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void shouldHandOutRequestsInOrder() {
    var first = requests.retry(List.of(LetterId.ofEvent(0, 1)));
    var second = requests.discard(LetterId.ofEvent(0, 2), "why");

    assertThat(requests.poll()).isNotNull().extracting(OperatorRequest::answer).isSameAs(first);
    assertThat(requests.isEmpty()).isFalse();
    assertThat(second).isNotDone();
  }
}
