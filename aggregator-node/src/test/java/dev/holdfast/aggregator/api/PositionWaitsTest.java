package dev.holdfast.aggregator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.hash.HashCode;
import dev.holdfast.aggregator.ingest.ViewProgress;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.StatusReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PositionWaitsTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private final ViewProgress progress = new ViewProgress();
  private final PositionWaits waits = new PositionWaits(progress, 3);

  @BeforeEach
  void open() {
    progress.open(List.of(at(10), at(20)));
  }

  private static ViewCursor at(long sequence) {
    return ViewCursor.START.at(sequence, HashCode.fromInt(1), 0);
  }

  @Test
  void shouldNotWaitForWhatIsIncluded() {
    assertThat(waits.reached(Map.of(0, 10L, 1, 5L), LONG)).isCompleted();
    assertThat(waits.waiting()).isZero();
  }

  @Test
  void shouldWaitUntilAllPositionsAreIncluded() {
    CompletableFuture<Void> reached = waits.reached(Map.of(0, 12L, 1, 21L), LONG);

    waits.advanced(0, 11);
    waits.advanced(0, 15);
    assertThat(reached).isNotDone();

    waits.advanced(1, 21);
    assertThat(reached).isCompleted();
    assertThat(waits.waiting()).isZero();
  }

  @Test
  void shouldCompleteEveryoneWhoWaits() {
    CompletableFuture<Void> early = waits.reached(Map.of(0, 11L), LONG);
    CompletableFuture<Void> same = waits.reached(Map.of(0, 11L), LONG);
    CompletableFuture<Void> late = waits.reached(Map.of(0, 13L), LONG);

    waits.advanced(0, 12);

    assertThat(early).isCompleted();
    assertThat(same).isCompleted();
    assertThat(late).isNotDone();
    assertThat(waits.waiting()).isEqualTo(1);
  }

  @Test
  void shouldGiveUpInTime() {
    CompletableFuture<Void> reached = waits.reached(Map.of(0, 11L), Duration.ofMillis(1));

    assertThat(reached)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(TimeoutException.class);
    await().until(() -> waits.waiting() == 0);
    waits.advanced(0, 11);
  }

  @Test
  void shouldForgetWhoGivesUp() {
    waits.reached(Map.of(0, 11L, 1, 30L), LONG).cancel(false);

    assertThat(waits.waiting()).isZero();
  }

  @Test
  void shouldRefuseWhenTooManyWait() {
    for (int i = 0; i < 3; i++) {
      assertThat(waits.reached(Map.of(0, 11L), LONG)).isNotDone();
    }

    CompletableFuture<Void> refused = waits.reached(Map.of(0, 11L), LONG);

    assertThat(refused).as("at once").isCompletedExceptionally();
    assertThat(refused)
        .failsWithin(LONG)
        .withThrowableThat()
        .havingCause()
        .satisfies(PositionWaitsTest::isOverloaded);
  }

  private static void isOverloaded(Throwable refusal) {
    assertThat(StatusReader.reasonOf(refusal)).isEqualTo(Reason.OVERLOADED);
  }
}
