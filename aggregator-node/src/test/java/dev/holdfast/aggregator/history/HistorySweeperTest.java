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
    private long beforeMillis;

    @Override
    public Step sweep(byte[] after, Due due, int readMax) {
      asked.add(after);
      beforeMillis = due.beforeMillis();
      return answers.remove();
    }
  }

  private final Scripted movements = new Scripted();

  private HistorySweeper sweeper(Duration retention) {
    return new HistorySweeper(movements, retention, store -> 0, () -> NOW);
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
        .isEqualTo(NOW.toEpochMilli() - Duration.ofHours(10).toMillis());
  }

  @Test
  void shouldRestAnHourAtMost() {
    movements.answers.add(new MovementStore.Step(END, 0));
    try (HistorySweeper sweeper = sweeper(Duration.ofDays(30))) {
      assertThat(sweeper.step()).isEqualTo(Duration.ofHours(1));
    }
  }
}
