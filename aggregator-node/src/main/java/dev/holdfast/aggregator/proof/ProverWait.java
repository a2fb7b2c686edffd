package dev.holdfast.aggregator.proof;

import dev.holdfast.aggregator.invariant.UnprovenException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits, for the prover, until the writer completes something. */
final class ProverWait {
  private static final Duration WITHIN = Duration.ofSeconds(60);

  private ProverWait() {}

  static <T> T await(CompletableFuture<T> coming) throws UnprovenException {
    return await(coming, WITHIN);
  }

  static <T> T await(CompletableFuture<T> coming, Duration within) throws UnprovenException {
    try {
      return coming.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new UnprovenException(String.valueOf(cause.getMessage()), cause);
    } catch (TimeoutException e) {
      return orLate(coming, new UnprovenException("the view did not get there in time", e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return orLate(coming, new UnprovenException("the aggregator stops", e));
    }
  }

  /** What came just when it was given up is had, and has to be closed by whoever asked for it. */
  private static <T> T orLate(CompletableFuture<T> coming, UnprovenException why)
      throws UnprovenException {
    if (coming.cancel(false)) {
      throw why;
    }
    try {
      return coming.join();
    } catch (CompletionException e) {
      throw new UnprovenException(String.valueOf(why.getMessage()), e);
    }
  }
}
