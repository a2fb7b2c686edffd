package dev.holdfast.aggregator.ingest;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Something that only the writer thread may do, between two writes. */
final class WriterTask<T> implements InboxEntry {
  private final Supplier<T> task;
  private final CompletableFuture<T> done = new CompletableFuture<>();

  WriterTask(Supplier<T> task) {
    this.task = task;
  }

  /** An exception is the writer's end, too. */
  void run() {
    try {
      done.complete(task.get());
    } catch (RuntimeException | Error e) {
      done.completeExceptionally(e);
      throw e;
    }
  }

  void drop(String why) {
    done.completeExceptionally(new IllegalStateException(why));
  }

  CompletableFuture<T> done() {
    return done;
  }
}
