package dev.holdfast.common.server;

import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.GetStockResponse;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc.InventoryServiceImplBase;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.ListStockResponse;
import dev.holdfast.proto.inventory.v1.StockLevel;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Answers GetStock: store "busy" is refused, "slow" is left unanswered until told, and the answer
 * of "large" is large, as are those to batches.
 */
final class FakeInventory extends InventoryServiceImplBase {
  static final int LARGE_BYTES = 2_000_000;
  final List<String> requestIds = new CopyOnWriteArrayList<>();
  final List<StreamObserver<GetStockResponse>> unanswered = new CopyOnWriteArrayList<>();

  @Override
  public void getStock(GetStockRequest request, StreamObserver<GetStockResponse> observer) {
    requestIds.add(RequestIdInterceptor.current());
    switch (request.getStore()) {
      case "busy" ->
          observer.onError(Statuses.exception(Statuses.of(Reason.OVERLOADED, "queue is full")));
      case "slow" -> unanswered.add(observer);
      case "large" -> answerLarge(observer);
      default -> answer(observer);
    }
  }

  private static void answerLarge(StreamObserver<GetStockResponse> observer) {
    StockLevel level = StockLevel.newBuilder().setSku("x".repeat(LARGE_BYTES)).build();
    observer.onNext(GetStockResponse.newBuilder().setStock(level).build());
    observer.onCompleted();
  }

  @Override
  public void submitBatch(SubmitBatchRequest request, StreamObserver<SubmitBatchResponse> out) {
    Accepted accepted = Accepted.newBuilder().setReservationId("x".repeat(LARGE_BYTES)).build();
    out.onNext(
        SubmitBatchResponse.newBuilder()
            .addOutcomes(CommandOutcome.newBuilder().setAccepted(accepted))
            .build());
    out.onCompleted();
  }

  @Override
  public void listStock(ListStockRequest request, StreamObserver<ListStockResponse> out) {
    out.onNext(ListStockResponse.getDefaultInstance());
    out.onCompleted();
  }

  static void answer(StreamObserver<GetStockResponse> observer) {
    observer.onNext(
        GetStockResponse.newBuilder().setStock(StockLevel.newBuilder().setOnHand(7)).build());
    observer.onCompleted();
  }
}
