package dev.holdfast.aggregator.deadletter;

import dev.holdfast.aggregator.deadletter.OperatorQueue.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A request of an operator. Made by any thread, worked on by the writer, answered when its result
 * is stored.
 */
final class OperatorRequest {
  private final List<LetterId> ids;
  private final @Nullable String discardReason;
  private final CompletableFuture<Outcome> answer = new CompletableFuture<>();
  private int retries;
  private int applied;
  private int failed;

  /**
   * @param discardReason null when the letters are to be tried again
   */
  OperatorRequest(List<LetterId> ids, @Nullable String discardReason) {
    this.ids = ids;
    this.discardReason = discardReason;
  }

  List<LetterId> ids() {
    return ids;
  }

  @Nullable String discardReason() {
    return discardReason;
  }

  CompletableFuture<Outcome> answer() {
    return answer;
  }

  void begun() {
    retries++;
  }

  void ended() {
    retries--;
  }

  void tried(boolean wasApplied) {
    if (wasApplied) {
      applied++;
    } else {
      failed++;
    }
  }

  /** Whether nothing is to be tried for it any more. */
  boolean isDone() {
    return retries == 0;
  }

  void complete() {
    answer.complete(new Outcome(applied, failed));
  }
}
