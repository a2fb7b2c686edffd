package dev.holdfast.aggregator.proof;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.common.util.concurrent.Uninterruptibles;
import dev.holdfast.aggregator.invariant.UnprovenException;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which parts are proven and mended. Work that comes after it was closed is
 * dropped. An exception of work that nobody waits for is a bug: it is kept as a fault.
 */
final class ProofThread implements AutoCloseable {
  private static final int WAITING_MAX = 100;
  private static final Duration CLOSED_WITHIN = Duration.ofSeconds(10);
  private static final Logger log = LoggerFactory.getLogger(ProofThread.class);

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1,
          new ThreadFactoryBuilder().setNameFormat("prover").setDaemon(true).build(),
          (dropped, closed) -> {});
  private final Runnable onFault;
  private volatile @Nullable String fault;

  ProofThread(Runnable onFault) {
    this.onFault = onFault;
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  void run(Runnable task) {
    executor.execute(guarded(task));
  }

  void later(Duration delay, Runnable task) {
    var unused = executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        fault = "a part can not be mended: " + e;
        log.error("a part can not be mended", e);
        onFault.run();
      }
    };
  }

  /**
   * Does what somebody waits for.
   *
   * @return fails with STALE when it could not be proven now
   */
  <T> CompletableFuture<T> submit(Callable<T> work) {
    if (executor.isShutdown() || executor.getQueue().size() >= WAITING_MAX) {
      return CompletableFuture.failedFuture(
          new RejectedExecutionException("too many proofs are waiting"));
    }
    CompletableFuture<T> done = new CompletableFuture<>();
    executor.execute(() -> complete(done, work));
    return done;
  }

  private static <T> void complete(CompletableFuture<T> done, Callable<T> work) {
    try {
      done.complete(work.call());
    } catch (UnprovenException e) {
      done.completeExceptionally(
          Statuses.exception(Statuses.of(Reason.STALE, String.valueOf(e.getMessage()))));
    } catch (Exception e) {
      done.completeExceptionally(e);
    }
  }

  /** Why mending failed for good, or null while it has not. */
  @Nullable String fault() {
    return fault;
  }

  @Override
  public void close() {
    executor.shutdownNow();
    var unused = Uninterruptibles.awaitTerminationUninterruptibly(executor, CLOSED_WITHIN);
  }
}
