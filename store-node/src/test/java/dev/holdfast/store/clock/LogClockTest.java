package dev.holdfast.store.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.holdfast.store.testing.ManualClock;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class LogClockTest {
  private static final long START = ManualClock.START;
  private static final Duration TOLERANCE = Duration.ofSeconds(10);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration YEARS = Duration.ofDays(3_652);

  private final ManualClock node = new ManualClock();
  private final MajorityClock majority = new MajorityClock();
  private final LogClocks clocks = new LogClocks(node.clock(), majority, TOLERANCE);

  static Stream<Duration> jumps() {
    return Stream.of(
        Duration.ofMinutes(10),
        Duration.ofMinutes(-10),
        Duration.ofDays(3),
        Duration.ofDays(-3),
        YEARS,
        YEARS.negated());
  }

  @ParameterizedTest
  @MethodSource("jumps")
  void shouldGoOnAsIfNothingWasWhenALeadersClockIsStepped(Duration jump) {
    LogClock clock = opened(START);
    agree();

    node.step(jump);
    assertThat(clock.millis()).isEqualTo(START);
    node.pass(MINUTE);
    clock.applied(clock.millis());

    assertThat(clock.millis()).isEqualTo(START + MINUTE.toMillis());
    node.step(jump.negated());
    node.pass(MINUTE);
    assertThat(clock.millis()).as("it is mended").isEqualTo(START + 2 * MINUTE.toMillis());
  }

  @ParameterizedTest
  @MethodSource("jumps")
  void shouldGoOnFromTheLogAfterAFailoverToAClockThatIsOff(Duration off) {
    node.step(off);
    LogClock clock = opened(START);
    clock.applied(START + 500);
    node.pass(MINUTE);
    clock.applied(START + MINUTE.toMillis() + 501); // of another leader, a little ahead

    assertThat(clock.millis()).isEqualTo(START + MINUTE.toMillis() + 501);
    node.pass(SECOND);
    assertThat(clock.millis()).isEqualTo(START + MINUTE.toMillis() + 1_501);
  }

  @ParameterizedTest
  @MethodSource("jumps")
  void shouldFollowTheMajorityAfterARestartOfAllButNeverBack(Duration jump) {
    node.step(jump);
    LogClock clock = opened(START);
    assertThat(clock.millis()).as("nobody was compared with yet").isEqualTo(START);
    node.pass(SECOND);

    agree();

    long expected = START + SECOND.toMillis() + Math.max(0, jump.toMillis());
    assertThat(clock.millis()).isEqualTo(expected);
    node.pass(MINUTE);
    assertThat(clock.millis()).isEqualTo(expected + MINUTE.toMillis());
  }

  @Test
  void shouldTakeSmallStepsButNotManyOfThem() {
    LogClock clock = opened(START);
    agree();

    for (int i = 0; i < 20; i++) {
      node.step(Duration.ofSeconds(4));
      clock.applied(clock.millis());
    }

    assertThat(clock.millis()).isEqualTo(START + 8_000);
  }

  @Test
  void shouldNotBeDraggedAlongByAClockThatRunsFast() {
    LogClock clock = opened(START);
    agree();

    for (int i = 0; i < 60; i++) {
      node.step(SECOND);
      node.pass(SECOND);
      clock.applied(clock.millis());
    }

    assertThat(clock.millis()).isBetween(START + 60_000, START + 60_000 + TOLERANCE.toMillis());
  }

  @Test
  void shouldTakeABatchThatIsAheadAsItIs() {
    LogClock clock = opened(START);
    agree();

    clock.applied(START + YEARS.toMillis()); // decided by a build that took any clock

    assertThat(clock.millis()).isEqualTo(START + YEARS.toMillis());
    node.pass(MINUTE);
    assertThat(clock.millis())
        .as("it does not freeze")
        .isEqualTo(START + YEARS.toMillis() + 60_000);
  }

  @Test
  void shouldSettleAtOnceWhenTheLogEndsNearTheWallClock() {
    node.pass(TOLERANCE);
    assertThat(opened(START).isSettled()).isTrue();
  }

  static Stream<Arguments> unsettled() {
    return Stream.of(
        arguments("the cluster slept", START - MINUTE.toMillis()),
        arguments("the wall clock is behind", START + MINUTE.toMillis()),
        arguments("the log is empty", 0L));
  }

  @ParameterizedTest
  @MethodSource("unsettled")
  void shouldSettleOnceTheMajorityIsKnown(String why, long lastBatchMillis) {
    LogClock clock = opened(lastBatchMillis);
    node.pass(SECOND);
    assertThat(clock.isSettled()).as(why).isFalse();

    agree();

    assertThat(clock.isSettled()).isTrue();
    node.step(YEARS);
    assertThat(clock.isSettled()).as("for good").isTrue();
  }

  @Test
  void shouldSettleInTheEndWhenNobodyAgrees() {
    LogClock clock = opened(START - MINUTE.toMillis());
    majority.learn(node.clock().baseMillis() - YEARS.toMillis());
    node.pass(LogClock.SETTLE_MAX.minusMillis(1));
    assertThat(clock.isSettled()).isFalse();

    node.pass(Duration.ofMillis(1));

    assertThat(clock.isSettled()).isTrue();
    assertThat(clock.millis())
        .isEqualTo(START - MINUTE.toMillis() + LogClock.SETTLE_MAX.toMillis());
  }

  @Test
  void shouldBeginAnEmptyLogAtTheWallClockButHoldOnToTheFirstBatchOnly() {
    LogClock clock = opened(0);
    node.step(YEARS);
    node.pass(LogClock.SETTLE_MAX);
    assertThat(clock.isSettled()).isTrue();
    assertThat(clock.millis()).as("nobody knows better").isEqualTo(node.wallMillis());

    clock.applied(START); // another leader was first

    assertThat(clock.millis()).isEqualTo(START);
  }

  private LogClock opened(long lastBatchMillis) {
    return clocks.open(lastBatchMillis);
  }

  /** Everybody's clock shows what this one shows. */
  private void agree() {
    majority.learn(node.clock().baseMillis());
  }
}
