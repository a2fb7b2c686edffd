package dev.holdfast.aggregator.ingest;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.holdfast.aggregator.deadletter.DeadLetters;
import dev.holdfast.aggregator.view.Projection;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.aggregator.view.ViewRecords;
import dev.holdfast.common.failpoint.FailPoint;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that changes the view. Takes everything that is waiting into one write: a single
 * batch when live, thousands of events when behind, with no timer to tune. What it cannot store is
 * a fault: it stops for good, and the view stays as it was stored last.
 *
 * <p>Any thread may hand it tasks; they run between two writes. Their answers come from the writer
 * thread, so what follows has to go on elsewhere.
 */
public final class ViewWriter {
  /** No further batch is added to a write that has this many events. */
  private static final int WRITE_EVENTS_MAX = 50_000;

  /** How long parked changes that are due, or asked for, wait when nothing else happens. */
  private static final Duration IDLE_MAX = Duration.ofMillis(50);

  private static final Logger LOG = LoggerFactory.getLogger(ViewWriter.class);

  private final Inbox inbox;
  private final ViewStorage storage;
  private final ViewProgress progress;
  private final IngestMetrics metrics;
  private final DeadLetters letters;
  private final Function<ViewRecords, Projection> projections;
  private final Thread thread = new Thread(this::run, "view-writer");
  private volatile @Nullable String fault;
  private volatile boolean ended;

  // of the writer thread
  private final PausedPartitions paused = new PausedPartitions();
  private final Deque<Delivery> resumed = new ArrayDeque<>();
  private final DeadLetterLimit limit;

  /**
   * @param progress with its partitions known
   * @param projections fold; tests have others that err
   */
  public ViewWriter(
      Inbox inbox,
      ViewStorage storage,
      ViewProgress progress,
      IngestMetrics metrics,
      DeadLetters letters,
      Function<ViewRecords, Projection> projections) {
    this.inbox = inbox;
    this.storage = storage;
    this.progress = progress;
    this.metrics = metrics;
    this.letters = letters;
    this.projections = projections;
    this.limit = new DeadLetterLimit(letters, progress, paused);
  }

  /** Starts the thread; what was being replaced when the aggregator ended stays paused. */
  public void start() {
    for (int partition = 0; partition < progress.partitionCount(); partition++) {
      if (isBeingReplaced(partition)) {
        paused.pause(partition, progress.of(partition).cursor());
      }
    }
    thread.start();
  }

  private void run() {
    try {
      settle();
      while (!Thread.currentThread().isInterrupted()) {
        Delivery first = resumed.poll();
        InboxEntry next = first != null ? first : inbox.poll(IDLE_MAX);
        if (next != null) {
          work(next);
        }
        retry();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      stopFor(e);
    } finally {
      ended = true;
      paused.end();
      dropTasks();
    }
  }

  private void work(InboxEntry first) {
    WriteCycle cycle = cycle();
    InboxEntry next = first;
    while (next instanceof Delivery delivery) {
      cycle.take(delivery);
      next = cycle.isFull() || cycle.events() >= WRITE_EVENTS_MAX ? null : poll();
    }
    cycle.finish();
    settle();
    if (next instanceof WriterTask<?> task) {
      task.run();
      settle();
    }
  }

  /** Parked changes have writes of their own, small ones, so that others do not wait for long. */
  private void retry() {
    if (letters.hasWork()) {
      WriteCycle cycle = cycle();
      cycle.retry();
      cycle.finish();
      settle();
    }
  }

  private void settle() {
    paused.takeCuts(progress, storage::cut);
    resumed.addAll(limit.settle());
  }

  private WriteCycle cycle() {
    return new WriteCycle(storage, progress, metrics, letters, projections, paused);
  }

  private @Nullable InboxEntry poll() {
    Delivery next = resumed.poll();
    return next != null ? next : inbox.poll();
  }

  private void stopFor(Throwable cause) {
    fault = "the view cannot be written: " + cause.getMessage();
    LOG.error("{}; the view stays as it is until the aggregator is started anew", fault, cause);
    progress.healthChanged();
  }

  private void dropTasks() {
    for (InboxEntry left = inbox.poll(); left != null; left = inbox.poll()) {
      if (left instanceof WriterTask<?> task) {
        task.drop("the view is not written any more");
      }
    }
  }

  /**
   * Has the writer thread do something between two writes. An exception stops it for good.
   *
   * @return what came of it; fails with RejectedExecutionException when too much is waiting
   */
  public <T> CompletableFuture<T> submit(Supplier<T> task) {
    WriterTask<T> work = new WriterTask<>(task);
    if (!inbox.offer(work)) {
      return CompletableFuture.failedFuture(
          new RejectedExecutionException("too many tasks wait for the writer"));
    }
    if (ended) {
      dropTasks();
    }
    return work.done();
  }

  /**
   * Keeps a partition where it is, until it is resumed. The answer says where; a caller who cancels
   * it, as it takes too long, need not resume it.
   */
  public CompletableFuture<ViewCursor> pause(int partition) {
    CompletableFuture<ViewCursor> at =
        submit(
            () -> {
              ViewCursor cursor = progress.of(partition).cursor();
              paused.pause(partition, cursor);
              FailPoint.PART_HELD.reach();
              return cursor;
            });
    var unused = at.whenComplete((cursor, failure) -> resumeFailed(partition, failure));
    return at;
  }

  /** A pause that was given up may begin all the same; the resumption comes behind it. */
  private void resumeFailed(int partition, @Nullable Throwable failure) {
    if (failure != null) {
      var unused = resume(partition);
    }
  }

  /**
   * Takes a cut of the view at exactly a sequence of a partition, the end of a batch. The partition
   * then stays there until it is resumed.
   *
   * @return the cut, which the caller closes; fails with {@link MissedCutException} when the view
   *     is past that sequence, or the partition is resumed before
   */
  public CompletableFuture<ViewCut> cutAt(int partition, long sequence) {
    CompletableFuture<ViewCut> cut = new CompletableFuture<>();
    var unused =
        submit(() -> resumed.addAll(paused.advanceTo(partition, sequence, cut)))
            .whenComplete((allowed, failure) -> failed(cut, failure));
    return cut;
  }

  private static void failed(CompletableFuture<ViewCut> cut, @Nullable Throwable failure) {
    if (failure != null) {
      cut.completeExceptionally(failure);
    }
  }

  /** Lets a partition go on; not one that is half replaced. */
  public CompletableFuture<Boolean> resume(int partition) {
    return submit(() -> !isBeingReplaced(partition) && resumed.addAll(paused.resume(partition)));
  }

  private boolean isBeingReplaced(int partition) {
    return progress.of(partition).cursor().trust().rebuilding();
  }

  /** Why the writer stopped, or null while it has not. */
  public @Nullable String fault() {
    return fault;
  }

  /** Ends the thread after the write that it is in, and waits for that. */
  public void stop() {
    thread.interrupt();
    Uninterruptibles.joinUninterruptibly(thread);
  }
}
