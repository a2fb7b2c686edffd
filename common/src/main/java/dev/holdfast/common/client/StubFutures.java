package dev.holdfast.common.client;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Converts the futures of generated stubs. */
final class StubFutures {
  private StubFutures() {}

  static <T> CompletableFuture<T> of(ListenableFuture<T> call) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Futures.addCallback(
        call,
        new FutureCallback<>() {
          @Override
          public void onSuccess(@Nullable T response) {
            answer.complete(Objects.requireNonNull(response, "generated stubs answer or fail"));
          }

          @Override
          public void onFailure(Throwable thrown) {
            answer.completeExceptionally(HoldfastException.of(Failure.of(thrown)));
          }
        },
        MoreExecutors.directExecutor());
    return answer;
  }
}
