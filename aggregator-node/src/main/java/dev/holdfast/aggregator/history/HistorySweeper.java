package dev.holdfast.aggregator.history;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToLongFunction;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes movements that are older than their retention, and the oldest when there are too many: a
 * walk over all of them in small steps with pauses, on a thread of its own, then a rest.
 *
 * <p>What is old goes by the log's time, as movements do: a clock of this node that jumps ahead
 * removes nothing that the log does not call old.
 */
public final class HistorySweeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HistorySweeper.class);
  private static final int READ_PER_STEP_MAX = 5_000;
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration REST_MAX = Duration.ofHours(1);

  /** The rest is so much of the retention, so that little is kept longer than asked for. */
  private static final int RESTS_PER_RETENTION = 20;

  private static final long STOP_SECONDS_MAX = 10;

  private final MovementStore movements;
  private final HistoryBounds bounds;
  private final IntToLongFunction logMillis;
  private final ToIntFunction<String> partitionOf;
  private final InstantSource clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          new ThreadFactoryBuilder().setNameFormat("history-sweeper").build());
  private final HistoryVolume volume = new HistoryVolume();
  private byte[] after = new byte[0];
  private long removed;
  private long firstThatFits = Long.MIN_VALUE;

  /**
   * @param logMillis the time of the last event that the view includes, by partition
   */
  public HistorySweeper(
      MovementStore movements,
      HistoryBounds bounds,
      IntToLongFunction logMillis,
      ToIntFunction<String> partitionOf,
      InstantSource clock) {
    this.movements = movements;
    this.bounds = bounds;
    this.logMillis = logMillis;
    this.partitionOf = partitionOf;
    this.clock = clock;
  }

  public HistorySweeper start() {
    next(PAUSE);
    return this;
  }

  private void next(Duration pause) {
    if (!thread.isShutdown()) {
      var unused = thread.schedule(this::run, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** What fails is tried again after a rest: old movements in the way harm nobody. */
  private void run() {
    Duration pause = REST_MAX;
    try {
      pause = step();
    } catch (RuntimeException e) {
      LOG.error("old movements cannot be removed; the next try is in {}", REST_MAX, e);
    }
    next(pause);
  }

  /** One step; tells how long to wait before the next. */
  Duration step() {
    var due = new MovementStore.Due(this::beforeMillis, partitionOf, volume);
    MovementStore.Step step = movements.sweep(after, due, READ_PER_STEP_MAX);
    after = step.last();
    removed += step.removed();
    return step.isLast() ? rest() : PAUSE;
  }

  private long beforeMillis(int partition) {
    long now = Math.min(clock.millis(), logMillis.applyAsLong(partition));
    return Math.max(now - bounds.retention().toMillis(), firstThatFits);
  }

  private Duration rest() {
    if (removed > 0) {
      LOG.info("{} old movements are removed", removed);
    }
    removed = 0;
    firstThatFits = volume.firstThatFits(bounds.bytesMax());
    volume.clear();
    if (firstThatFits != Long.MIN_VALUE) {
      LOG.warn(
          "the history is larger than history.bytes-max: what is before {} goes",
          Instant.ofEpochMilli(firstThatFits));
      return PAUSE;
    }
    Duration rest = bounds.retention().dividedBy(RESTS_PER_RETENTION);
    return rest.compareTo(REST_MAX) < 0 ? rest : REST_MAX;
  }

  /** Ends the step that runs. */
  @Override
  public void close() {
    thread.shutdownNow();
    if (!Uninterruptibles.awaitTerminationUninterruptibly(
        thread, STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
      LOG.warn("the history sweeper did not end in {} s", STOP_SECONDS_MAX);
    }
  }
}
