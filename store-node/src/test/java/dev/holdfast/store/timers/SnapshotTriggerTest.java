package dev.holdfast.store.timers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** By a manual clock. */
final class SnapshotTriggerTest {
  private static final int EVERY = 100;
  private static final int SPACING = 30_000;
  private static final int INTERVAL = 1_800_000;

  private long sequence = 5_000;
  private long now = 1_000_000;
  private int asked;
  private boolean failing;
  private long snapshotSequence;
  private final SnapshotTrigger trigger =
      new SnapshotTrigger(
          () -> sequence,
          () -> snapshotSequence,
          this::snapshot,
          new SnapshotTrigger.Rhythm(
              EVERY, Duration.ofMillis(SPACING), Duration.ofMillis(INTERVAL)),
          () -> TimeUnit.MILLISECONDS.toNanos(now));

  @Test
  void shouldAskAfterSoManyEventsCountedFromTheStart() {
    happen(EVERY - 1);
    assertThat(asked).isZero();

    happen(1);
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void shouldKeepTheDistanceHoweverManyEventsCome() {
    happen(EVERY);
    pass(SPACING - 1);
    happen(50 * EVERY);
    assertThat(asked).isEqualTo(1);

    pass(1);
    assertThat(asked).isEqualTo(2);
    pass(SPACING);
    assertThat(asked).as("nothing happened since").isEqualTo(2);
  }

  @Test
  void shouldCountFromTheLastOneWhenTheDistanceIsLongPast() {
    happen(EVERY + EVERY / 2);
    pass(SPACING);
    happen(EVERY - 1);
    assertThat(asked).isEqualTo(1);

    happen(1);
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void shouldAskAgainWhenNoneWasMade() {
    failing = true;
    happen(EVERY);
    pass(SPACING - 1);
    assertThat(asked).isEqualTo(1);

    failing = false;
    pass(1);
    pass(SPACING);

    assertThat(asked).isEqualTo(2);
  }

  /** At rest JRaft would only cut its log. */
  @Test
  void shouldAskAfterAWhileForAnyChangeButNeverForNone() {
    pass(2 * INTERVAL);
    assertThat(asked).isZero();

    happen(1);
    assertThat(asked).isEqualTo(1);
    happen(1);
    pass(INTERVAL - 1);
    assertThat(asked).isEqualTo(1);
    pass(1);
    assertThat(asked).isEqualTo(2);
    pass(10 * INTERVAL);
    assertThat(asked).isEqualTo(2);
  }

  private void snapshot() {
    asked++;
    if (!failing) {
      snapshotSequence = sequence;
    }
  }

  private void happen(int events) {
    sequence += events;
    trigger.run();
  }

  private void pass(long millis) {
    now += millis;
    trigger.run();
  }
}
