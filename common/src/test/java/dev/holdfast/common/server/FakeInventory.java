package dev.holdfast.common.server;

import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.GetStockResponse;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc.InventoryServiceImplBase;
import dev.holdfast.proto.inventory.v1.StockLevel;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers GetStock: store "busy" is refused, store "slow" is left unanswered until told. */
final class FakeInventory extends InventoryServiceImplBase {
  final List<String> requestIds = new CopyOnWriteArrayList<>();
  final List<StreamObserver<GetStockResponse>> unanswered = new CopyOnWriteArrayList<>();

  @Override
  public void getStock(GetStockRequest request, StreamObserver<GetStockResponse> observer) {
    requestIds.add(RequestIdInterceptor.current());
    switch (request.getStore()) {
      case "busy" ->
          observer.onError(Statuses.exception(Statuses.of(Reason.OVERLOADED, "queue is full")));
      case "slow" -> unanswered.add(observer);
      default -> answer(observer);
    }
  }

  static void answer(StreamObserver<GetStockResponse> observer) {
    observer.onNext(
        GetStockResponse.newBuilder().setStock(StockLevel.newBuilder().setOnHand(7)).build());
    observer.onCompleted();
  }
}
