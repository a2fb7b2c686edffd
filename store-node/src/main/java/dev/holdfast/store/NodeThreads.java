package dev.holdfast.store;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of a node besides the transports', Raft's and the command loops'. */
final class NodeThreads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeThreads.class);
  private static final int READERS = 2;
  private static final int EXPORTERS = 2;
  private static final int EXPORTS_WAITING_MAX = 64;
  private static final long STOP_SECONDS_MAX = 60;

  /** Reads of stock that were let through. */
  final ExecutorService readers = Executors.newFixedThreadPool(READERS, named("reads"));

  /** Reads of exports, which are long: those of stock do not wait behind them. */
  final ExecutorService exports =
      new ThreadPoolExecutor(
          EXPORTERS,
          EXPORTERS,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(EXPORTS_WAITING_MAX),
          named("exports"));

  /** Hashing and syncing of snapshots. */
  final ExecutorService background = Executors.newSingleThreadExecutor(named("background"));

  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(named("timers"));

  private static java.util.concurrent.ThreadFactory named(String name) {
    return task -> new Thread(task, name);
  }

  /** Runs a task again and again; a failure is logged and the next run tries anew. */
  void every(long millis, Runnable task) {
    var unused =
        timers.scheduleWithFixedDelay(() -> guarded(task), millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Runs a task once, on the thread of the timers; not any more when that is stopping. */
  void soon(Runnable task) {
    try {
      timers.execute(() -> guarded(task));
    } catch (RejectedExecutionException stopping) {
      LOG.debug("the timers are stopped: {} is not run any more", task.getClass().getSimpleName());
    }
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("a timer failed: {}", task.getClass().getSimpleName(), e);
    }
  }

  /** Stops the timers, before what they look at is closed. */
  void stopTimers() {
    stop(timers);
  }

  @Override
  public void close() {
    stop(exports);
    stop(readers);
    stop(background);
  }

  private static void stop(ExecutorService threads) {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        LOG.warn("a task did not end in {} s and is left behind", STOP_SECONDS_MAX);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
