package dev.holdfast.aggregator.proof;

import dev.holdfast.aggregator.invariant.UnprovenException;
import dev.holdfast.aggregator.work.WorkThread;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The one thread on which parts are proven and mended. An exception of work that nobody waits for
 * is a bug: it is kept as a fault. Others get theirs as the answer.
 */
final class ProofThread implements AutoCloseable {
  private static final int WAITING_MAX = 100;
  private static final Duration CLOSED_WITHIN = Duration.ofSeconds(10);

  private final WorkThread thread;

  ProofThread(Runnable onFault) {
    this.thread = new WorkThread("prover", "a part cannot be mended", onFault);
  }

  void run(Runnable task) {
    thread.run(task);
  }

  void later(Duration delay, Runnable task) {
    thread.later(delay, task);
  }

  /**
   * Does what somebody waits for.
   *
   * @return fails with STALE when it could not be proven now
   */
  <T> CompletableFuture<T> submit(Callable<T> work) {
    if (thread.isFull(WAITING_MAX)) {
      return CompletableFuture.failedFuture(
          new RejectedExecutionException("too many proofs are waiting"));
    }
    CompletableFuture<T> done = new CompletableFuture<>();
    thread.run(() -> complete(done, work));
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
    return thread.fault();
  }

  @Override
  public void close() {
    thread.abort(CLOSED_WITHIN);
  }
}
