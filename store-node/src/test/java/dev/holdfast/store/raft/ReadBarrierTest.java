package dev.holdfast.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.closure.ReadIndexClosure;
import dev.holdfast.common.failpoint.FailPointException;
import dev.holdfast.common.failpoint.FailPoints;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ReadBarrierTest {
  private final List<String> told = new ArrayList<>();

  /** Its caller waits as well: nobody may be left without an answer. */
  @Test
  void shouldAnswerAllReadsOfARoundWhenOneFails() {
    List<ReadBarrier.Waiting> round =
        List.of(
            new Read("first", null),
            new Read("broken", new StackOverflowError("too deep")),
            new Read("wrong", new IllegalStateException("a bug")),
            new Read("last", null));

    ReadBarrier.answerAll(round, Status.OK());

    assertThat(told)
        .containsExactly("first", "broken: failed: too deep", "wrong: failed: a bug", "last");
  }

  @Test
  void shouldTellAllReadsOfARoundThatItFailed() {
    List<ReadBarrier.Waiting> round = List.of(new Read("a", null), new Read("b", null));

    ReadBarrier.answerAll(round, new Status(7, "no leader"));

    assertThat(told).containsExactly("a: no leader", "b: no leader");
  }

  @Test
  void shouldTakeNoConfirmationFromAReplicaThatStopped() {
    assertThat(ReadBarrier.unlessStopped(Status.OK(), null).isOk()).isTrue();
    assertThat(ReadBarrier.unlessStopped(Status.OK(), "a fault").isOk()).isFalse();
    assertThat(ReadBarrier.unlessStopped(new Status(7, "no leader"), null).isOk()).isFalse();
  }

  /** Its index may be older than what was committed just before the read came. */
  @Test
  void shouldNotLetAReadJoinTheRoundThatRuns() {
    Deque<ReadIndexClosure> rounds = new ArrayDeque<>();
    ReadBarrier barrier = new ReadBarrier(rounds::add, () -> null, Runnable::run, () -> 0);
    barrier.await(new Read("first", null));
    barrier.await(new Read("late", null));

    confirm(rounds);
    assertThat(told).containsExactly("first");

    confirm(rounds);
    assertThat(told).containsExactly("first", "late");
    assertThat(rounds).isEmpty();
  }

  /** Else no read of this replica would ever be answered again. */
  @Test
  void shouldGoOnWithTheNextRoundWhenTheEndOfOneFails() {
    assumeThat(System.getProperty(FailPoints.PROPERTY)).isNotNull();
    Deque<ReadIndexClosure> rounds = new ArrayDeque<>();
    ReadBarrier barrier = new ReadBarrier(rounds::add, () -> null, Runnable::run, () -> 0);
    barrier.await(new Read("first", null));
    assertThatExceptionOfType(FailPointException.class)
        .isThrownBy(
            () ->
                FailPoints.scripted(
                    point -> {
                      throw new FailPointException(point);
                    },
                    () -> confirm(rounds)));

    barrier.await(new Read("late", null));
    confirm(rounds);

    assertThat(told).containsExactly("late");
  }

  @Test
  void shouldGoOnWithTheNextRoundWhenOneCannotBegin() {
    Deque<ReadIndexClosure> rounds = new ArrayDeque<>();
    AtomicBoolean broken = new AtomicBoolean(true);
    ReadBarrier barrier =
        new ReadBarrier(
            round -> {
              if (broken.getAndSet(false)) {
                throw new IllegalArgumentException("no such round");
              }
              rounds.add(round);
            },
            () -> null,
            Runnable::run,
            () -> 0);
    barrier.await(new Read("first", null));

    barrier.await(new Read("late", null));
    confirm(rounds);

    assertThat(told).containsExactly("first: no round of reads: no such round", "late");
  }

  /** What the round confirms is what was committed when it began, however long it takes. */
  @Test
  void shouldBeAsOldAsTheBeginningOfTheRound() {
    Deque<ReadIndexClosure> rounds = new ArrayDeque<>();
    AtomicLong now = new AtomicLong(1_000);
    ReadBarrier barrier = new ReadBarrier(rounds::add, () -> null, Runnable::run, now::get);
    assertThat(barrier.stalenessNanos()).isEqualTo(Long.MAX_VALUE);
    barrier.await(new Read("any", null));
    now.set(1_700);

    confirm(rounds);

    assertThat(barrier.stalenessNanos()).isEqualTo(700);
  }

  private static void confirm(Deque<ReadIndexClosure> rounds) {
    rounds.remove().run(Status.OK(), 1, new byte[0]);
  }

  private final class Read implements ReadBarrier.Waiting {
    private final String name;
    private final @Nullable Throwable failure;

    Read(String name, @Nullable Throwable failure) {
      this.name = name;
      this.failure = failure;
    }

    @Override
    public void ready() {
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
      told.add(name);
    }

    @Override
    public void unavailable(String why) {
      told.add(name + ": " + why);
    }
  }
}
