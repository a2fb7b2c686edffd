package dev.holdfast.common.client;

import com.google.protobuf.Message;
import io.github.resilience4j.core.IntervalFunction;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.AbstractStub;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Settings that all calls of a client share: routing, budget, timeouts and retries. */
record Calls(
    Router router, Patience patience, TryTimeouts timeouts, ScheduledExecutorService timer) {

  /**
   * The budget of a call and the pauses between its tries.
   *
   * @param budget time for a call with all its tries; a try in flight at its end is waited for
   * @param backoff milliseconds before the next try, by the number of the try that failed, from 1
   */
  record Patience(Duration budget, IntervalFunction backoff) {
    private static final Duration BACKOFF_FIRST = Duration.ofMillis(20);
    private static final Duration BACKOFF_MAX = Duration.ofMillis(500);
    private static final double BACKOFF_FACTOR = 2;
    private static final double BACKOFF_JITTER = 0.5;

    static Patience of(Duration budget) {
      return new Patience(
          budget,
          IntervalFunction.ofExponentialRandomBackoff(
              BACKOFF_FIRST, BACKOFF_FACTOR, BACKOFF_JITTER, BACKOFF_MAX));
    }

    /** Milliseconds to wait before the next try. */
    long pauseMillis(int triesDone, Failure failure) {
      return failure.retryAfterMillis() + backoff.apply(triesDone);
    }

    Patience within(Duration otherBudget) {
      return new Patience(otherBudget, backoff);
    }

    boolean isOver(long startedNanos, long pauseMillis) {
      long spentMillis = (System.nanoTime() - startedNanos) / 1_000_000;
      return spentMillis + pauseMillis > budget.toMillis();
    }
  }

  /** The same calls with one try each. */
  Calls once() {
    return within(Duration.ZERO);
  }

  /** The same calls with another time to try. */
  Calls within(Duration budget) {
    return new Calls(router, patience.within(budget), timeouts, timer);
  }

  /** A stub for long calls: one try, which may take the whole budget. */
  <S extends AbstractStub<S>> S patient(Function<Channel, S> stub) {
    return stub.apply(router.pick(null, 0, null).channel())
        .withDeadlineAfter(patience.budget().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Starts a mutation at its store's leader, under a key of its own when the request has none. */
  <Q extends Message, R> CompletableFuture<R> mutate(
      MethodDescriptor<Q, R> method, Q request, IdempotencyKeys keys) {
    Q keyed = RequestFields.keyed(request, keys);
    return start(Operation.mutation(method), RequestFields.store(keyed), keyed);
  }

  /** Starts a read, as {@link #start}. */
  <Q, R> CompletableFuture<R> read(
      MethodDescriptor<Q, R> method, @Nullable String store, Q request) {
    return start(Operation.read(method), store, request);
  }

  /**
   * Starts a call. The answer completes on a network thread; it fails with a HoldfastException.
   *
   * @param store the store that the call is about; null when any node will do
   */
  <Q, R> CompletableFuture<R> start(Operation<Q, R> operation, @Nullable String store, Q request) {
    return new UnaryCall<>(this, operation, store, request).start();
  }

  /**
   * An answer, and the earliest time at which it was true.
   *
   * @param sentNanos send time of the try that got it
   */
  record Sent<R>(R answer, long sentNanos) {}

  <Q, R> CompletableFuture<Sent<R>> startSent(
      Operation<Q, R> operation, @Nullable String store, Q request) {
    UnaryCall<Q, R> call = new UnaryCall<>(this, operation, store, request);
    return call.start().thenApply(answer -> new Sent<>(answer, call.sentNanos()));
  }
}
