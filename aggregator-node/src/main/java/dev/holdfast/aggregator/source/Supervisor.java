package dev.holdfast.aggregator.source;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which tails connect, watch and move on. Work that comes after it was closed is
 * dropped. An exception is a bug: it is kept as a fault, and the others go on.
 */
final class Supervisor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Supervisor.class);

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1,
          new ThreadFactoryBuilder().setNameFormat("feed-supervisor").setDaemon(true).build(),
          (dropped, closed) -> {});
  private final Runnable onFault;
  private volatile @Nullable String fault;

  Supervisor(Runnable onFault) {
    this.onFault = onFault;
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  void run(Runnable task) {
    executor.execute(guarded(task));
  }

  void later(Duration delay, Runnable task) {
    var unused = executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  void every(Duration period, Runnable task) {
    long nanos = period.toNanos();
    var unused = executor.scheduleWithFixedDelay(guarded(task), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        fault = "a tail failed: " + e;
        log.error("a tail failed", e);
        onFault.run();
      }
    };
  }

  @Nullable String fault() {
    return fault;
  }

  @Override
  public void close() {
    executor.shutdown();
    boolean interrupted = false;
    try {
      executor.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
