package dev.holdfast.aggregator.api.http;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Calls a method of a gRPC service in the same process, and waits for its one answer. */
final class LocalCall {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private LocalCall() {}

  /** The answer; a StatusRuntimeException when it is a refusal, or did not come in time. */
  static <Q, R> R answer(Q request, BiConsumer<Q, StreamObserver<R>> method) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    method.accept(request, new Only<>(answer));
    try {
      return answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw status(e);
    } catch (TimeoutException e) {
      throw Status.DEADLINE_EXCEEDED.withDescription("no answer in time").asRuntimeException();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Status.CANCELLED.withDescription("this node stops").asRuntimeException();
    }
  }

  private static StatusRuntimeException status(ExecutionException failure) {
    return failure.getCause() instanceof StatusRuntimeException refusal
        ? refusal
        : Status.INTERNAL.withCause(failure.getCause()).asRuntimeException();
  }

  /** Takes the only message of an answer. */
  private record Only<R>(CompletableFuture<R> answer) implements StreamObserver<R> {
    @Override
    public void onNext(R message) {
      answer.complete(message);
    }

    @Override
    public void onError(@Nullable Throwable failure) {
      answer.completeExceptionally(failure == null ? new IllegalStateException() : failure);
    }

    @Override
    public void onCompleted() {
      answer.completeExceptionally(new IllegalStateException("ended without an answer"));
    }
  }
}
