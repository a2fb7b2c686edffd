package dev.holdfast.aggregator.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class HistorySweeperTest {
  private static final Instant NOW = Instant.ofEpochMilli(100_000_000);
  private static final byte[] ON = {7};
  private static final byte[] END = {};

  /** Gives the answers that it was told to, and remembers what it was asked. */
  private static final class Scripted implements MovementStore {
    private final Queue<Step> answers = new ArrayDeque<>();
    private final List<byte[]> asked = new ArrayList<>();
    private final List<Long> beforeMillis = new ArrayList<>();
    private final Queue<long[]> kept = new ArrayDeque<>();

    @Override
    public Step sweep(byte[] after, Due due, int readMax) {
      asked.add(after);
      beforeMillis.add(due.beforeMillis().applyAsLong(0));
      while (!kept.isEmpty()) {
        due.kept().add(kept.peek()[0], kept.remove()[1]);
      }
      return answers.remove();
    }
  }

  private final Scripted movements = new Scripted();

  private long logMillis = NOW.toEpochMilli();

  private HistorySweeper sweeper(Duration retention) {
    var bounds = new HistoryBounds(retention, 1_000);
    return new HistorySweeper(movements, bounds, partition -> logMillis, store -> 0, () -> NOW);
  }

  @Test
  void shouldWalkInStepsAndRestAtTheEnd() {
    movements.answers.add(new MovementStore.Step(ON, 3));
    movements.answers.add(new MovementStore.Step(END, 1));
    movements.answers.add(new MovementStore.Step(ON, 0));
    try (HistorySweeper sweeper = sweeper(Duration.ofHours(10))) {
      assertThat(sweeper.step()).isEqualTo(Duration.ofMillis(100));
      assertThat(sweeper.step()).isEqualTo(Duration.ofMinutes(30));
      assertThat(sweeper.step()).isEqualTo(Duration.ofMillis(100));
    }

    assertThat(movements.asked).containsExactly(END, ON, END);
    assertThat(movements.beforeMillis)
        .containsOnly(NOW.toEpochMilli() - Duration.ofHours(10).toMillis());
  }

  @Test
  void shouldGoByTheLogsTimeWhenTheClockIsAheadOfIt() {
    logMillis = NOW.minus(Duration.ofDays(300)).toEpochMilli();
    movements.answers.add(new MovementStore.Step(END, 0));
    try (HistorySweeper sweeper = sweeper(Duration.ofDays(1))) {
      sweeper.step();
    }

    assertThat(movements.beforeMillis)
        .containsExactly(NOW.minus(Duration.ofDays(301)).toEpochMilli());
  }

  @Test
  void shouldGoByTheClockWhenItIsBehindTheLog() {
    logMillis = NOW.plus(Duration.ofDays(300)).toEpochMilli();
    movements.answers.add(new MovementStore.Step(END, 0));
    try (HistorySweeper sweeper = sweeper(Duration.ofDays(1))) {
      sweeper.step();
    }

    assertThat(movements.beforeMillis)
        .containsExactly(NOW.minus(Duration.ofDays(1)).toEpochMilli());
  }

  @Test
  void shouldHaveTheOldestGoWhenThereAreTooManyBytes() {
    long hour = Duration.ofHours(1).toMillis();
    long now = NOW.toEpochMilli();
    movements.answers.add(new MovementStore.Step(END, 0));
    movements.answers.add(new MovementStore.Step(END, 7));
    movements.kept.add(new long[] {now - 3 * hour, 400});
    movements.kept.add(new long[] {now - 2 * hour, 400});
    movements.kept.add(new long[] {now - hour, 400});
    movements.kept.add(new long[] {now, 400});
    try (HistorySweeper sweeper = sweeper(Duration.ofDays(1))) {
      assertThat(sweeper.step()).isEqualTo(Duration.ofMillis(100));
      assertThat(sweeper.step()).isEqualTo(Duration.ofHours(1));
    }

    assertThat(movements.beforeMillis.get(1)).isBetween(now - 2 * hour + 1, now - hour);
  }

  @Test
  void shouldRestAnHourAtMost() {
    movements.answers.add(new MovementStore.Step(END, 0));
    try (HistorySweeper sweeper = sweeper(Duration.ofDays(30))) {
      assertThat(sweeper.step()).isEqualTo(Duration.ofHours(1));
    }
  }
}
