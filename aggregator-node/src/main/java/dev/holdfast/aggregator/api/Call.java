package dev.holdfast.aggregator.api;

import dev.holdfast.aggregator.view.ViewClosedException;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call that gets exactly one answer, whatever becomes of it. */
final class Call<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Call.class);
  private static final Duration WAIT_WITHOUT_DEADLINE = Duration.ofSeconds(30);

  private final StreamObserver<T> observer;

  private Call(StreamObserver<T> observer) {
    this.observer = observer;
  }

  /** Answers a call with what some work leads to. */
  static <T> void answer(StreamObserver<T> observer, Function<Call<T>, CompletableFuture<T>> work) {
    Call<T> call = new Call<>(observer);
    CompletableFuture<T> answer;
    try {
      answer = work.apply(call);
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    var unused = answer.whenComplete(call::close);
  }

  private void close(@Nullable T response, @Nullable Throwable failure) {
    if (failure != null) {
      observer.onError(status(failure));
    } else if (response != null) {
      observer.onNext(response);
      observer.onCompleted();
    }
  }

  private static StatusRuntimeException status(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof StatusRuntimeException refusal) {
      return refusal;
    }
    if (cause instanceof CancellationException) {
      return Status.CANCELLED.asRuntimeException();
    }
    if (cause instanceof TimeoutException) {
      return refusal(Reason.STALE, "the view did not get to the positions in time");
    }
    if (cause instanceof ViewClosedException) {
      return refusal(Reason.STALE, cause.getMessage() + "; ask another one");
    }
    if (cause instanceof RejectedExecutionException) {
      return refusal(Reason.OVERLOADED, "too many reads are waiting");
    }
    LOG.error("a read failed", cause);
    return Status.INTERNAL.withDescription("the view cannot be read").asRuntimeException();
  }

  private static StatusRuntimeException refusal(Reason reason, String message) {
    return Statuses.exception(Statuses.of(reason, message));
  }

  /** The time that may be spent waiting: a tenth of the caller's is left for the answer. */
  Duration timeToWait() {
    Deadline deadline = Context.current().getDeadline();
    return deadline == null
        ? WAIT_WITHOUT_DEADLINE
        : Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS) / 10 * 9);
  }

  /** What to do when the caller gives up. */
  void onCancel(Runnable task) {
    if (observer instanceof ServerCallStreamObserver<T> call) {
      call.setOnCancelHandler(task);
    }
  }
}
