package dev.holdfast.cli;

import dev.holdfast.common.client.HoldfastException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for an answer; a command has nothing else to do meanwhile. */
public final class Await {
  private Await() {}

  /** The answer, or the HoldfastException that came instead. */
  public static <T> T answer(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw HoldfastException.from(e);
    }
  }
}
