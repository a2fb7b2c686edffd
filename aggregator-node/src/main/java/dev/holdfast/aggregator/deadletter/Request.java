package dev.holdfast.aggregator.deadletter;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A request of an operator. Made by any thread, worked on by the writer, answered when its result
 * is stored.
 */
final class Request {
  private final List<LetterId> ids;
  private final @Nullable String discardReason;
  private final CompletableFuture<Outcome> answer = new CompletableFuture<>();
  private int trials;
  private int applied;
  private int failed;

  private Request(List<LetterId> ids, @Nullable String discardReason) {
    this.ids = ids;
    this.discardReason = discardReason;
  }

  static Request retry(List<LetterId> ids) {
    return new Request(ids, null);
  }

  static Request discard(LetterId id, String reason) {
    return new Request(List.of(id), reason);
  }

  List<LetterId> ids() {
    return ids;
  }

  /** Null when the letters are to be tried again. */
  @Nullable String discardReason() {
    return discardReason;
  }

  CompletableFuture<Outcome> answer() {
    return answer;
  }

  void begun() {
    trials++;
  }

  void ended() {
    trials--;
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
    return trials == 0;
  }

  void complete() {
    answer.complete(new Outcome(applied, failed));
  }
}
