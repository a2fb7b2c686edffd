package dev.holdfast.cli.bench;

import dev.holdfast.cli.FailedException;
import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.client.RejectedException;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a fixed number of calls in flight: each answer starts the next call, on the thread that it
 * came on.
 */
final class ClosedLoop implements AutoCloseable {
  private static final long MICROS_MAX = TimeUnit.MINUTES.toMicros(2);
  private static final int DRAIN_SECONDS_MAX = 60;

  private final Caller caller;
  private final Recorder micros = new Recorder(MICROS_MAX, 3);
  private final LongAdder refused = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final CountDownLatch ended;
  private volatile boolean stopping;
  private volatile @Nullable HoldfastException lastFailure;

  private ClosedLoop(Caller caller, int inFlight) {
    this.caller = caller;
    ended = new CountDownLatch(inFlight);
  }

  static ClosedLoop start(Caller caller, int inFlight) {
    ClosedLoop loop = new ClosedLoop(caller, inFlight);
    for (int i = 0; i < inFlight; i++) {
      loop.new Slot(i).next();
    }
    return loop;
  }

  /** Returns the counts since the last call of this method. */
  Counts takeCounts() {
    Histogram interval = micros.getIntervalHistogram();
    return new Counts(interval, refused.sumThenReset(), failed.sumThenReset());
  }

  /** The last failure or refusal of a call; null when there was none. */
  @Nullable HoldfastException lastFailure() {
    return lastFailure;
  }

  /** Waits for the calls in flight. */
  @Override
  public void close() {
    stopping = true;
    try {
      if (!ended.await(DRAIN_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new FailedException(ended.getCount() + " calls never ended");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The counts of an interval.
   *
   * @param micros latencies of the accepted calls
   */
  record Counts(Histogram micros, long refused, long failed) {}

  private final class Slot implements BiConsumer<Object, @Nullable Throwable> {
    private final SplittableRandom random;
    private long startedNanos;

    private Slot(int seed) {
      random = new SplittableRandom(seed);
    }

    private void next() {
      startedNanos = System.nanoTime();
      var unused = caller.call(random).whenComplete(this);
    }

    @Override
    public void accept(Object answer, @Nullable Throwable thrown) {
      if (thrown == null) {
        micros.recordValue((System.nanoTime() - startedNanos) / 1_000);
      } else {
        count(HoldfastException.from(thrown));
      }
      if (stopping) {
        ended.countDown();
      } else {
        next();
      }
    }

    private void count(HoldfastException failure) {
      lastFailure = failure;
      (failure instanceof RejectedException ? refused : failed).increment();
    }
  }
}
