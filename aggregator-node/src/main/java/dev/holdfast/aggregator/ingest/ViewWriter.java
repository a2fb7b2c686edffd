package dev.holdfast.aggregator.ingest;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.holdfast.aggregator.view.Cursor;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.common.failpoint.FailPoint;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
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

  private final WriterParts parts;
  private final Inbox inbox;
  private final ViewProgress progress;
  private final Runnable onChange;
  private final Thread thread = new Thread(this::run, "view-writer");
  private volatile @Nullable String fault;
  private volatile boolean ended;

  // of the writer thread
  private final Holds holds = new Holds();
  private final Deque<Delivery> letGo = new ArrayDeque<>();
  private final Pauses pauses;

  /**
   * @param onChange is told that {@link #fault} is set, or a partition paused or not any more
   */
  public ViewWriter(WriterParts parts, Runnable onChange) {
    this.parts = parts;
    this.inbox = parts.inbox();
    this.progress = parts.progress();
    this.onChange = onChange;
    this.pauses = new Pauses(parts, holds, onChange);
  }

  /** Starts the thread; what was being replaced when the aggregator ended stays held. */
  public void start() {
    for (int partition = 0; partition < progress.partitionCount(); partition++) {
      if (isBeingReplaced(partition)) {
        holds.hold(partition, progress.of(partition).cursor());
      }
    }
    thread.start();
  }

  private void run() {
    try {
      settle();
      while (!Thread.currentThread().isInterrupted()) {
        Delivery first = letGo.poll();
        Work next = first != null ? first : inbox.poll(IDLE_MAX);
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
      holds.end();
      dropTasks();
    }
  }

  private void work(Work first) {
    WriteCycle cycle = new WriteCycle(parts, holds);
    Work next = first;
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
    if (parts.letters().hasWork()) {
      WriteCycle cycle = new WriteCycle(parts, holds);
      cycle.retry();
      cycle.finish();
      settle();
    }
  }

  private void settle() {
    holds.settle(progress, parts.storage()::cut);
    letGo.addAll(pauses.settle());
  }

  private @Nullable Work poll() {
    Delivery next = letGo.poll();
    return next != null ? next : inbox.poll();
  }

  private void stopFor(Throwable cause) {
    fault = "the view cannot be written: " + cause.getMessage();
    LOG.error("{}; the view stays as it is until the aggregator is started anew", fault, cause);
    onChange.run();
  }

  private void dropTasks() {
    for (Work left = inbox.poll(); left != null; left = inbox.poll()) {
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
   * Keeps a partition where it is, until it is let go. The answer says where; who cancels it, as it
   * takes too long, need not let go.
   */
  public CompletableFuture<Cursor> hold(int partition) {
    CompletableFuture<Cursor> held =
        submit(
            () -> {
              Cursor cursor = progress.of(partition).cursor();
              holds.hold(partition, cursor);
              FailPoint.PART_HELD.reach();
              return cursor;
            });
    var unused = held.whenComplete((at, failure) -> releaseFailed(partition, failure));
    return held;
  }

  /** A hold that was given up may be taken all the same; the release comes behind it. */
  private void releaseFailed(int partition, @Nullable Throwable failure) {
    if (failure != null) {
      var unused = release(partition);
    }
  }

  /**
   * Takes a cut of the view at exactly a sequence of a partition, the end of a batch. The partition
   * then stays there until it is let go.
   *
   * @return the cut, which the caller closes; fails with {@link MissedCutException} when the view
   *     is past that sequence, or the partition is let go before
   */
  public CompletableFuture<ViewCut> cutAt(int partition, long sequence) {
    CompletableFuture<ViewCut> cut = new CompletableFuture<>();
    var unused =
        submit(() -> letGo.addAll(holds.allow(partition, sequence, cut)))
            .whenComplete((allowed, failure) -> failed(cut, failure));
    return cut;
  }

  private static void failed(CompletableFuture<ViewCut> cut, @Nullable Throwable failure) {
    if (failure != null) {
      cut.completeExceptionally(failure);
    }
  }

  /** Lets a partition go on; not one that is half replaced. */
  public CompletableFuture<Boolean> release(int partition) {
    return submit(() -> !isBeingReplaced(partition) && letGo.addAll(holds.release(partition)));
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
