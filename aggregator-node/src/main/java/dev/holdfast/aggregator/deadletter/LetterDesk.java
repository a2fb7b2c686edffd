package dev.holdfast.aggregator.deadletter;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Takes operators' requests for retries and discards. Many ask, the writer takes. */
public final class LetterDesk {
  private static final int REQUESTS_MAX = 100;

  private final ArrayBlockingQueue<Request> requests = new ArrayBlockingQueue<>(REQUESTS_MAX);

  /**
   * Tries letters again, in this order, each with those behind it. One that waits stands for the
   * first of its item; one that is gone meanwhile counts nothing.
   */
  public CompletableFuture<Outcome> retry(List<LetterId> ids) {
    return submit(Request.retry(ids));
  }

  /** Gives a letter up, and tries those behind it. */
  public CompletableFuture<Outcome> discard(LetterId id, String reason) {
    return submit(Request.discard(id, reason));
  }

  private CompletableFuture<Outcome> submit(Request request) {
    if (!requests.offer(request)) {
      request
          .answer()
          .completeExceptionally(new RejectedExecutionException("too many requests are waiting"));
    }
    return request.answer();
  }

  @Nullable Request poll() {
    return requests.poll();
  }

  boolean isEmpty() {
    return requests.isEmpty();
  }
}
