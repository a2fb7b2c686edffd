package dev.holdfast.aggregator.api;

import com.google.protobuf.ByteString;
import dev.holdfast.aggregator.deadletter.DeadLetter;
import dev.holdfast.aggregator.deadletter.LetterId;
import dev.holdfast.aggregator.deadletter.LetterRecords;
import dev.holdfast.aggregator.deadletter.OperatorQueue;
import dev.holdfast.aggregator.deadletter.OperatorQueue.Outcome;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.aggregator.v1.DeadLetterServiceGrpc;
import dev.holdfast.proto.aggregator.v1.DiscardDeadLetterRequest;
import dev.holdfast.proto.aggregator.v1.DiscardDeadLetterResponse;
import dev.holdfast.proto.aggregator.v1.GetDeadLetterRequest;
import dev.holdfast.proto.aggregator.v1.GetDeadLetterResponse;
import dev.holdfast.proto.aggregator.v1.ListDeadLettersRequest;
import dev.holdfast.proto.aggregator.v1.ListDeadLettersResponse;
import dev.holdfast.proto.aggregator.v1.RetryDeadLetterRequest;
import dev.holdfast.proto.aggregator.v1.RetryDeadLetterResponse;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The dead letter queue for operators. Reads go through the executor for reads; what changes
 * something is queued for the writer, and answered when it is stored.
 */
public final class DeadLetterService extends DeadLetterServiceGrpc.DeadLetterServiceImplBase {
  private final LetterRecords letters;
  private final OperatorQueue requests;
  private final Executor reads;

  /**
   * @param reads may reject what is too much
   */
  public DeadLetterService(LetterRecords letters, OperatorQueue requests, Executor reads) {
    this.letters = letters;
    this.requests = requests;
    this.reads = reads;
  }

  @Override
  public void listDeadLetters(
      ListDeadLettersRequest request, StreamObserver<ListDeadLettersResponse> observer) {
    Call.answer(
        observer,
        call -> {
          LetterMapper.Page page = LetterMapper.page(request);
          return read(() -> page(page));
        });
  }

  private ListDeadLettersResponse page(LetterMapper.Page page) {
    return LetterAnswers.page(letters.page(page.after(), page.wanted(), page.size()), page.size());
  }

  @Override
  public void getDeadLetter(
      GetDeadLetterRequest request, StreamObserver<GetDeadLetterResponse> observer) {
    Call.answer(observer, call -> read(() -> one(request.getId())));
  }

  private GetDeadLetterResponse one(String id) {
    DeadLetter letter = find(id);
    ByteString event = letters.event(letter.id().place());
    if (event == null) {
      throw Statuses.exception(gone(id));
    }
    return LetterAnswers.one(letter, event);
  }

  @Override
  public void retryDeadLetter(
      RetryDeadLetterRequest request, StreamObserver<RetryDeadLetterResponse> observer) {
    Call.answer(
        observer,
        call ->
            ask(
                call.timeToWait(),
                read(() -> toRetry(request.getId())).thenCompose(requests::retry),
                outcome ->
                    RetryDeadLetterResponse.newBuilder()
                        .setApplied(outcome.applied())
                        .setFailed(outcome.failed())
                        .build()));
  }

  private List<LetterId> toRetry(String id) {
    return id.isEmpty()
        ? letters.page(null, DeadLetter::isFirst, Integer.MAX_VALUE).stream()
            .map(DeadLetter::id)
            .toList()
        : List.of(findOpen(id));
  }

  @Override
  public void discardDeadLetter(
      DiscardDeadLetterRequest request, StreamObserver<DiscardDeadLetterResponse> observer) {
    Call.answer(
        observer,
        call -> {
          String reason = LetterMapper.discardReason(request);
          return ask(
              call.timeToWait(),
              read(() -> findOpen(request.getId())).thenCompose(id -> requests.discard(id, reason)),
              outcome ->
                  DiscardDeadLetterResponse.newBuilder().setApplied(outcome.applied()).build());
        });
  }

  private <T> CompletableFuture<T> read(Supplier<T> read) {
    return CompletableFuture.supplyAsync(read, reads);
  }

  /** Waits for the writer, which completes the outcome, and answers on a thread for reads. */
  private <T> CompletableFuture<T> ask(
      Duration within, CompletableFuture<Outcome> outcome, Function<Outcome, T> response) {
    return outcome
        .orTimeout(within.toNanos(), TimeUnit.NANOSECONDS)
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(explained(failure)))
        .thenApplyAsync(response, reads);
  }

  private static Throwable explained(Throwable failure) {
    String late = "the writer of the view did not get to it in time; it may still do it";
    return failure instanceof TimeoutException || failure.getCause() instanceof TimeoutException
        ? Statuses.exception(Statuses.of(Reason.OUTCOME_UNKNOWN, late))
        : failure;
  }

  private LetterId findOpen(String id) {
    DeadLetter letter = find(id);
    if (!letter.isOpen()) {
      throw Statuses.exception(
          Statuses.of(Reason.NOT_FOUND, "dead letter '" + id + "' was discarded"));
    }
    return letter.id();
  }

  private DeadLetter find(String id) {
    return letters.ofEvent(LetterMapper.eventOf(id)).stream()
        .filter(letter -> letter.id().text().equals(id))
        .findFirst()
        .orElseThrow(() -> Statuses.exception(gone(id)));
  }

  private static Refusal gone(String id) {
    String message = "there is no dead letter '" + id + "'; it may have been applied";
    return new Refusal(Reason.NOT_FOUND, message);
  }
}
