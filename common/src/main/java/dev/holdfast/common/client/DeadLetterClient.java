package dev.holdfast.common.client;

import dev.holdfast.proto.aggregator.v1.DeadLetterServiceGrpc;
import dev.holdfast.proto.aggregator.v1.DiscardDeadLetterRequest;
import dev.holdfast.proto.aggregator.v1.DiscardDeadLetterResponse;
import dev.holdfast.proto.aggregator.v1.GetDeadLetterRequest;
import dev.holdfast.proto.aggregator.v1.GetDeadLetterResponse;
import dev.holdfast.proto.aggregator.v1.ListDeadLettersRequest;
import dev.holdfast.proto.aggregator.v1.ListDeadLettersResponse;
import dev.holdfast.proto.aggregator.v1.RetryDeadLetterRequest;
import dev.holdfast.proto.aggregator.v1.RetryDeadLetterResponse;
import java.util.concurrent.CompletableFuture;

/** An aggregator's dead letter queue. Made by {@link GlobalViewClient#deadLetters()}. */
public final class DeadLetterClient {
  private final Calls calls;

  DeadLetterClient(Calls calls) {
    this.calls = calls;
  }

  public CompletableFuture<ListDeadLettersResponse> list(ListDeadLettersRequest request) {
    return calls.read(DeadLetterServiceGrpc.getListDeadLettersMethod(), null, request);
  }

  public CompletableFuture<GetDeadLetterResponse> get(String id) {
    return calls.read(
        DeadLetterServiceGrpc.getGetDeadLetterMethod(),
        null,
        GetDeadLetterRequest.newBuilder().setId(id).build());
  }

  /** Tries once, since a second try could count the effects of the first. */
  public CompletableFuture<RetryDeadLetterResponse> retry(RetryDeadLetterRequest request) {
    return StubFutures.of(
        calls.patient(DeadLetterServiceGrpc::newFutureStub).retryDeadLetter(request));
  }

  /** Tries once, since a second try could find the letter discarded. */
  public CompletableFuture<DiscardDeadLetterResponse> discard(DiscardDeadLetterRequest request) {
    return StubFutures.of(
        calls.patient(DeadLetterServiceGrpc::newFutureStub).discardDeadLetter(request));
  }
}
