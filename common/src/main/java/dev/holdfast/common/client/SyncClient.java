package dev.holdfast.common.client;

import dev.holdfast.proto.aggregator.v1.GetSyncStatusRequest;
import dev.holdfast.proto.aggregator.v1.GetSyncStatusResponse;
import dev.holdfast.proto.aggregator.v1.ListViolationsRequest;
import dev.holdfast.proto.aggregator.v1.ListViolationsResponse;
import dev.holdfast.proto.aggregator.v1.RebuildRequest;
import dev.holdfast.proto.aggregator.v1.RebuildResponse;
import dev.holdfast.proto.aggregator.v1.StartSyncRequest;
import dev.holdfast.proto.aggregator.v1.StartSyncResponse;
import dev.holdfast.proto.aggregator.v1.StopSyncRequest;
import dev.holdfast.proto.aggregator.v1.StopSyncResponse;
import dev.holdfast.proto.aggregator.v1.SyncNowRequest;
import dev.holdfast.proto.aggregator.v1.SyncNowResponse;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc;
import dev.holdfast.proto.aggregator.v1.VerifyRequest;
import dev.holdfast.proto.aggregator.v1.VerifyResponse;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Calls about an aggregator's view and how it follows the stores. Made by {@link
 * GlobalViewClient#sync()}.
 */
public final class SyncClient {
  private final Calls calls;

  SyncClient(Calls calls) {
    this.calls = calls;
  }

  public CompletableFuture<GetSyncStatusResponse> status() {
    return calls.read(
        SyncServiceGrpc.getGetSyncStatusMethod(), null, GetSyncStatusRequest.getDefaultInstance());
  }

  public CompletableFuture<StartSyncResponse> startSync() {
    return calls.start(
        Operation.mutation(SyncServiceGrpc.getStartSyncMethod()),
        null,
        StartSyncRequest.getDefaultInstance());
  }

  public CompletableFuture<StopSyncResponse> stopSync() {
    return calls.start(
        Operation.mutation(SyncServiceGrpc.getStopSyncMethod()),
        null,
        StopSyncRequest.getDefaultInstance());
  }

  /** Completes when the view includes everything committed before. Tries once. */
  public CompletableFuture<SyncNowResponse> syncNow() {
    return StubFutures.of(
        calls.patient(SyncServiceGrpc::newFutureStub).syncNow(SyncNowRequest.getDefaultInstance()));
  }

  /** Completes when the part is replaced and proven. Tries once. */
  public CompletableFuture<RebuildResponse> rebuild(int partition) {
    RebuildRequest request = RebuildRequest.newBuilder().setPartition(partition).build();
    return StubFutures.of(calls.patient(SyncServiceGrpc::newFutureStub).rebuild(request));
  }

  public CompletableFuture<ListViolationsResponse> violations(ListViolationsRequest request) {
    return calls.read(SyncServiceGrpc.getListViolationsMethod(), null, request);
  }

  /**
   * Proves the view. Tries once.
   *
   * @param proofs receives each proof as it arrives, on a network thread
   * @return completes after the last
   */
  public CompletableFuture<Void> verify(VerifyRequest request, Consumer<VerifyResponse> proofs) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    calls.patient(SyncServiceGrpc::newStub).verify(request, new Proofs(proofs, end));
    return end;
  }

  private record Proofs(Consumer<VerifyResponse> proofs, CompletableFuture<Void> end)
      implements StreamObserver<VerifyResponse> {
    @Override
    public void onNext(VerifyResponse proof) {
      proofs.accept(proof);
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(HoldfastException.of(Failure.of(failure)));
    }

    @Override
    public void onCompleted() {
      end.complete(null);
    }
  }
}
