package dev.holdfast.aggregator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.MoreExecutors;
import dev.holdfast.aggregator.deadletter.OperatorQueue;
import dev.holdfast.aggregator.storage.ViewStore;
import dev.holdfast.aggregator.testing.TestKeys;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.StatusReader;
import dev.holdfast.proto.aggregator.v1.RetryDeadLetterRequest;
import dev.holdfast.proto.aggregator.v1.RetryDeadLetterResponse;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators ask where no writer takes anything. */
class DeadLetterServiceTest {
  @TempDir private Path directory;

  /** Takes what a call ends with. */
  private record Answer(CompletableFuture<RetryDeadLetterResponse> coming)
      implements StreamObserver<RetryDeadLetterResponse> {
    @Override
    public void onNext(RetryDeadLetterResponse response) {
      coming.complete(response);
    }

    @Override
    public void onError(Throwable failure) {
      coming.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {}
  }

  @Test
  void shouldSayThatTheOutcomeIsUnknownWhenTheWriterIsLate() throws Exception {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    CompletableFuture<RetryDeadLetterResponse> answer = new CompletableFuture<>();
    try (ViewStore store = ViewStore.open(directory, "c1", "aggregator", TestKeys.usual())) {
      DeadLetterService api =
          new DeadLetterService(
              store.letters(), new OperatorQueue(), MoreExecutors.directExecutor());

      Context.current()
          .withDeadlineAfter(300, TimeUnit.MILLISECONDS, timer)
          .run(
              () ->
                  api.retryDeadLetter(
                      RetryDeadLetterRequest.getDefaultInstance(), new Answer(answer)));

      assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
          .satisfies(
              failure ->
                  assertThat(StatusReader.reasonOf(Objects.requireNonNull(failure.getCause())))
                      .isEqualTo(Reason.OUTCOME_UNKNOWN));
    } finally {
      timer.shutdownNow();
    }
  }
}
