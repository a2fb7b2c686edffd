package dev.holdfast.store.raft;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.closure.ReadIndexClosure;
import com.alipay.sofa.jraft.error.RaftError;
import dev.holdfast.common.failpoint.FailPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets reads through once this replica is known to hold everything that was committed when they
 * came. Many share one round of ReadIndex: a read that comes while a round runs waits for the next
 * one, since the running one's index may be too old for it. Safe for many callers.
 */
public final class ReadBarrier {
  private static final Logger LOG = LoggerFactory.getLogger(ReadBarrier.class);
  private static final byte[] NO_CONTEXT = new byte[0];
  private static final int ONE_READ = 1;
  private static final int NOT_NOW = Integer.MAX_VALUE;

  private final Consumer<ReadIndexClosure> rounds;
  private final Supplier<@Nullable String> fault;
  private final Executor readers;
  private final LongSupplier nanos;
  private List<Waiting> waiting = new ArrayList<>();
  private int roundMin = ONE_READ;
  private volatile long confirmedNanos;
  private volatile boolean everConfirmed;

  /**
   * @param fault why the replica stopped, null while it has not
   */
  public ReadBarrier(PartitionGroup group, Supplier<@Nullable String> fault, Executor readers) {
    this(group::readIndex, fault, readers, System::nanoTime);
  }

  ReadBarrier(
      Consumer<ReadIndexClosure> rounds,
      Supplier<@Nullable String> fault,
      Executor readers,
      LongSupplier nanos) {
    this.rounds = rounds;
    this.fault = fault;
    this.readers = readers;
    this.nanos = nanos;
  }

  /**
   * A waiting read. One of the methods is called, on a reader thread; a read that throws is told
   * that it is unavailable.
   */
  public interface Waiting {
    void ready();

    void unavailable(String why);
  }

  /** Never blocks. */
  public void await(Waiting read) {
    synchronized (this) {
      waiting.add(read);
    }
    startWhenWorth();
  }

  /** Nanoseconds since this replica was last known to be current; Long.MAX_VALUE when never. */
  public long stalenessNanos() {
    return everConfirmed ? nanos.getAsLong() - confirmedNanos : Long.MAX_VALUE;
  }

  private void startWhenWorth() {
    List<Waiting> round;
    synchronized (this) {
      if (waiting.size() < roundMin) {
        return;
      }
      round = waiting;
      waiting = new ArrayList<>();
      roundMin = NOT_NOW;
    }
    Round next = new Round(round);
    try {
      rounds.accept(next);
    } catch (RuntimeException e) { // or nobody would begin another one
      LOG.error("a round of reads could not begin", e);
      next.run(
          new Status(RaftError.EINTERNAL, "no round of reads: %s", e.getMessage()), 0, NO_CONTEXT);
    }
  }

  /**
   * Drops its reads when it has run: JRaft's timer keeps the closure for 2 s in any case, and with
   * it would keep the calls of 2 s, which the collector then copies about.
   */
  private final class Round extends ReadIndexClosure {
    private final AtomicReference<@Nullable List<Waiting>> reads;
    private final long startNanos = nanos.getAsLong();

    Round(List<Waiting> reads) {
      this.reads = new AtomicReference<>(reads);
    }

    @Override
    public void run(Status status, long index, byte[] context) {
      List<Waiting> round = reads.getAndSet(null);
      if (round != null) {
        readers.execute(() -> finish(round, status, startNanos));
      }
    }
  }

  private void finish(List<Waiting> round, Status confirmed, long start) {
    Status status = unlessStopped(confirmed, fault.get());
    if (status.isOk()) {
      confirmedNanos = start;
      everConfirmed = true;
    }
    roundIsOver(round.size());
    try {
      FailPoint.READ_CONFIRMED.reach();
      answerAll(round, status);
    } finally {
      answersAreGiven();
    }
  }

  /**
   * JRaft confirms by the entries that were handed to the state; a state that faulted meanwhile may
   * lack some.
   */
  static Status unlessStopped(Status confirmed, @Nullable String fault) {
    return fault == null ? confirmed : new Status(RaftError.ESTATEMACHINE, "stopped: %s", fault);
  }

  /**
   * A round costs the same for one read as for hundreds. While few wait, those that are answered
   * now are likely to come back first; as soon as half as many wait, they need not.
   */
  private void roundIsOver(int reads) {
    synchronized (this) {
      roundMin = Math.max(ONE_READ, reads / 2);
    }
    startWhenWorth();
  }

  private void answersAreGiven() {
    synchronized (this) {
      if (roundMin != NOT_NOW) {
        roundMin = ONE_READ;
      }
    }
    startWhenWorth();
  }

  /** A read that fails does not keep the others of its round from being answered. */
  static void answerAll(List<Waiting> round, Status status) {
    round.forEach(read -> answerSafely(read, status));
  }

  private static void answerSafely(Waiting read, Status status) {
    try {
      answer(read, status);
    } catch (RuntimeException | Error e) {
      LOG.error("a read failed", e);
      if (status.isOk()) {
        refuse(read, e);
      }
    }
  }

  private static void refuse(Waiting read, Throwable failure) {
    try {
      read.unavailable("failed: " + failure.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.debug("its caller was told already, or is gone", e);
    }
  }

  private static void answer(Waiting read, Status status) {
    if (status.isOk()) {
      read.ready();
    } else {
      read.unavailable(status.getErrorMsg());
    }
  }
}
