package dev.holdfast.cli.imports;

import dev.holdfast.proto.aggregator.v1.PartitionProof;
import dev.holdfast.proto.aggregator.v1.ReservationsProof;
import dev.holdfast.proto.aggregator.v1.SyncNowRequest;
import dev.holdfast.proto.aggregator.v1.SyncNowResponse;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc;
import dev.holdfast.proto.aggregator.v1.TotalsProof;
import dev.holdfast.proto.aggregator.v1.TransfersProof;
import dev.holdfast.proto.aggregator.v1.VerifyRequest;
import dev.holdfast.proto.aggregator.v1.VerifyResponse;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.ListStockResponse;
import dev.holdfast.proto.inventory.v1.StockLevel;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import dev.holdfast.proto.log.v1.StateDigest;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;

/** Serves a FakeStock; every third batch is decided, but its answer gets lost. */
final class FakeInventory extends InventoryServiceGrpc.InventoryServiceImplBase {
  private final FakeStock stock;
  private int calls;

  FakeInventory(FakeStock stock) {
    this.stock = stock;
  }

  @Override
  public synchronized void submitBatch(
      SubmitBatchRequest request, StreamObserver<SubmitBatchResponse> out) {
    SubmitBatchResponse.Builder response = SubmitBatchResponse.newBuilder();
    request.getCommandsList().forEach(command -> response.addOutcomes(stock.decide(command)));
    calls++;
    if (calls % 3 == 0) {
      out.onError(Status.UNAVAILABLE.withDescription("connection reset").asRuntimeException());
    } else {
      out.onNext(response.build());
      out.onCompleted();
    }
  }

  @Override
  public void listStock(ListStockRequest request, StreamObserver<ListStockResponse> out) {
    out.onNext(ListStockResponse.newBuilder().addAllStock(stock.levels()).build());
    out.onCompleted();
  }

  /** An aggregator whose view is the stock. */
  SyncServiceGrpc.SyncServiceImplBase proof() {
    return new SyncServiceGrpc.SyncServiceImplBase() {
      @Override
      public void syncNow(SyncNowRequest request, StreamObserver<SyncNowResponse> out) {
        out.onNext(SyncNowResponse.getDefaultInstance());
        out.onCompleted();
      }

      @Override
      public void verify(VerifyRequest request, StreamObserver<VerifyResponse> out) {
        long units = stock.levels().stream().mapToLong(StockLevel::getOnHand).sum();
        StateDigest digest =
            StateDigest.newBuilder().setRecords(stock.levels().size()).setOnHand(units).build();
        PartitionProof.Builder partition =
            PartitionProof.newBuilder()
                .setView(digest)
                .setStores(digest)
                .setEqual(true)
                .setReservations(ReservationsProof.newBuilder().setEqual(true));
        out.onNext(VerifyResponse.newBuilder().setPartition(partition).build());
        TransfersProof transfers = TransfersProof.newBuilder().setEqual(true).build();
        out.onNext(VerifyResponse.newBuilder().setTransfers(transfers).build());
        TotalsProof.Builder totals = TotalsProof.newBuilder().setOnHand(units).setEqual(true);
        out.onNext(VerifyResponse.newBuilder().setTotals(totals).build());
        out.onCompleted();
      }
    };
  }
}
