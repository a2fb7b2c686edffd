package dev.holdfast.store.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.clock.LogClock;
import dev.holdfast.store.clock.LogClocks;
import dev.holdfast.store.clock.MajorityClock;
import dev.holdfast.store.testing.FakePeers;
import dev.holdfast.store.testing.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ClockWatchTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration WEEK = Duration.ofDays(7);

  private final ManualClock clock = new ManualClock();
  private final FakePeers peers = new FakePeers(clock);
  private final PeerWatch watched = peers.watched("node-b", "node-c");
  private final LogClocks clocks =
      new LogClocks(clock.clock(), new MajorityClock(), Duration.ofSeconds(10));
  private final ClockWatch watch = new ClockWatch(clocks, watched, 3);
  private final LogClock logClock = clocks.open(ManualClock.START);

  @Test
  void shouldSayNothingWhileNobodyAnswers() {
    look();

    assertThat(watch.isOff()).isFalse();
    assertThat(watch.offsetMillis()).isEmpty();
    assertThat(watch.offsetSeconds()).isNaN();
    assertThat(watch.check()).isEqualTo("ok");
    assertThat(clocks.majority().baseMillis()).isEmpty();
  }

  @Test
  void shouldFindItsOwnClockWrongAndRightAgain() {
    peers.answers("node-b", Duration.ofMillis(-20));
    peers.answers("node-c", Duration.ofMillis(20));
    look();
    assertThat(watch.offsetMillis()).hasValue(0);

    clock.step(Duration.ofMinutes(10));
    look();

    assertThat(watch.isOff()).isTrue();
    assertThat(watch.offsetSeconds()).isEqualTo(599.98);
    assertThat(watch.check()).isEqualTo("this node's clock is 600.0 s ahead of the majority's");
    assertThat(watch.isOff("node-b")).isFalse();
    assertThat(logClock.millis()).isEqualTo(ManualClock.START + clock.passedMillis());

    clock.step(Duration.ofMinutes(-20));
    look();
    assertThat(watch.check()).isEqualTo("this node's clock is 600.0 s behind the majority's");

    clock.step(Duration.ofMinutes(10));
    look();
    assertThat(watch.isOff()).isFalse();
    assertThat(watch.check()).isEqualTo("ok");
  }

  @Test
  void shouldFindAPeersClockWrong() {
    peers.answers("node-b", WEEK);
    peers.answers("node-c", Duration.ZERO);

    look();

    assertThat(watch.isOff()).isFalse();
    assertThat(watch.isOff("node-b")).isTrue();
    assertThat(watch.isOff("node-c")).isFalse();
    assertThat(watch.isOff("node-x")).isFalse();
  }

  @Test
  void shouldNotJudgeBetweenTwoThatDiffer() {
    peers.answers("node-b", WEEK);

    look();

    assertThat(watch.isOff()).isFalse();
    assertThat(watch.isOff("node-b")).isFalse();
    assertThat(watch.offsetMillis()).isEmpty();
    assertThat(clocks.majority().baseMillis()).isEmpty();
  }

  /** What was compared before its clock was set says nothing about the clock that it has now. */
  @Test
  void shouldNotBeAgreedWithByWhatWasMeasuredBeforeTheStep() {
    peers.answers("node-b", Duration.ZERO);
    peers.answers("node-c", Duration.ZERO);
    look();
    peers.isSilent("node-b");
    peers.isSilent("node-c");
    clock.step(WEEK);

    for (int i = 0; i < 60; i++) {
      look();
      assertThat(logClock.millis()).isEqualTo(ManualClock.START + clock.passedMillis());
    }
  }

  /** Nobody knows what the clocks of nodes say that have been silent for a while. */
  @Test
  void shouldNotCompareWithClocksThatItHasNotHeardOfForLong() {
    peers.answers("node-b", Duration.ZERO);
    peers.answers("node-c", Duration.ZERO);
    look();
    peers.isSilent("node-b");
    peers.isSilent("node-c");
    for (int i = 0; i < PeerWatch.FRESH.toSeconds(); i++) {
      look();
      assertThat(watch.offsetMillis()).hasValue(0);
    }

    look();

    assertThat(watch.offsetMillis()).isEmpty();
    clock.step(WEEK);
    look();
    assertThat(watch.isOff()).isFalse();
  }

  @Test
  void shouldMoveLogTimeOnOnceTheClocksOfAllAreSet() {
    peers.answers("node-b", Duration.ZERO);
    peers.answers("node-c", Duration.ZERO);
    look();
    clock.step(WEEK);
    peers.answers("node-b", WEEK);
    peers.answers("node-c", WEEK);

    look();

    assertThat(watch.isOff()).isFalse();
    assertThat(logClock.millis()).isEqualTo(clock.wallMillis());
  }

  @Test
  void shouldTakeItsClockAtTheStartAndNoStepWhenItIsAlone() {
    LogClocks alone = new LogClocks(clock.clock(), new MajorityClock(), Duration.ofSeconds(10));
    ClockWatch loner = new ClockWatch(alone, peers.watched(), 1);
    LogClock log = alone.open(ManualClock.START - WEEK.toMillis());
    assertThat(log.isSettled()).isTrue();
    assertThat(log.millis()).isEqualTo(ManualClock.START);

    clock.step(WEEK);
    loner.run();

    assertThat(log.millis()).isEqualTo(ManualClock.START);
    assertThat(loner.isOff()).isFalse();
  }

  private void look() {
    clock.pass(SECOND);
    watched.run();
    watch.run();
  }
}
