package dev.holdfast.aggregator.deadletter;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The queue of operators' requests for retries and discards. Many ask, the writer takes. */
public final class OperatorQueue {
  private static final int REQUESTS_MAX = 100;

  private final ArrayBlockingQueue<OperatorRequest> waiting =
      new ArrayBlockingQueue<>(REQUESTS_MAX);

  /**
   * The outcome of a request: of the changes that were tried, including those behind.
   *
   * @param failed changes that failed again
   */
  public record Outcome(int applied, int failed) {}

  /**
   * Tries letters again, in this order, each with those behind it. One that waits stands for the
   * first of its item; one that is gone meanwhile counts nothing.
   */
  public CompletableFuture<Outcome> retry(List<LetterId> ids) {
    return submit(new OperatorRequest(ids, null));
  }

  /** Discards a letter, and tries those behind it. */
  public CompletableFuture<Outcome> discard(LetterId id, String reason) {
    return submit(new OperatorRequest(List.of(id), reason));
  }

  private CompletableFuture<Outcome> submit(OperatorRequest request) {
    return waiting.offer(request)
        ? request.answer()
        : CompletableFuture.failedFuture(
            new RejectedExecutionException("too many requests are waiting"));
  }

  @Nullable OperatorRequest poll() {
    return waiting.poll();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }
}
