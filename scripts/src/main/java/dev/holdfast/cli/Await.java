package dev.holdfast.cli;

import dev.holdfast.common.client.HoldfastException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for an answer, since a command has nothing else to do. */
public final class Await {
  private Await() {}

  /** Returns the answer, or throws the HoldfastException of the call. */
  public static <T> T answer(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw HoldfastException.from(e);
    }
  }
}
