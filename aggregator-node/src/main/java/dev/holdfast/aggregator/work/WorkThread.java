package dev.holdfast.aggregator.work;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that does what it is handed, in order, now or later. Work that comes after it was
 * ended is dropped. An exception is a bug: it is kept as a fault, and the other work goes on. For
 * any thread.
 */
public final class WorkThread {
  private static final Logger LOG = LoggerFactory.getLogger(WorkThread.class);

  private final ScheduledThreadPoolExecutor executor;
  private final String whatFailed;
  private final Runnable onFault;
  private volatile @Nullable String fault;

  /**
   * @param whatFailed how a fault begins
   * @param onFault is told that {@link #fault} is set
   */
  public WorkThread(String name, String whatFailed, Runnable onFault) {
    this.whatFailed = whatFailed;
    this.onFault = onFault;
    this.executor =
        new ScheduledThreadPoolExecutor(
            1,
            new ThreadFactoryBuilder().setNameFormat(name).setDaemon(true).build(),
            (dropped, ended) -> {});
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  public void run(Runnable work) {
    executor.execute(guarded(work));
  }

  public void later(Duration delay, Runnable work) {
    var unused = executor.schedule(guarded(work), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  public void every(Duration period, Runnable work) {
    long nanos = period.toNanos();
    var unused = executor.scheduleWithFixedDelay(guarded(work), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException | Error e) { // either would end what is done again and again
        fault = whatFailed + ": " + e;
        LOG.error(whatFailed, e);
        onFault.run();
      }
    };
  }

  /** Whether nothing more is taken: it was ended, or so much is waiting. */
  public boolean isFull(int waitingMax) {
    return executor.isShutdown() || executor.getQueue().size() >= waitingMax;
  }

  /** Why some work failed, or null while none has. */
  public @Nullable String fault() {
    return fault;
  }

  /** Does what it was handed to be done now, and ends. */
  public void finish(Duration within) {
    executor.shutdown();
    var unused = Uninterruptibles.awaitTerminationUninterruptibly(executor, within);
  }

  /** Interrupts what it does, drops the rest, and ends. */
  public void abort(Duration within) {
    executor.shutdownNow();
    var unused = Uninterruptibles.awaitTerminationUninterruptibly(executor, within);
  }
}
