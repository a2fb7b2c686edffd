package dev.holdfast.store.api;

import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.proto.inventory.v1.OperationResult;
import dev.holdfast.proto.inventory.v1.OrderServiceGrpc;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import dev.holdfast.proto.inventory.v1.SubmitOrderResponse;
import io.grpc.stub.StreamObserver;

/** Several operations on one store as one. Runs on the transport's threads, so nothing blocks. */
public final class OrderService extends OrderServiceGrpc.OrderServiceImplBase {
  private static final Mutations.Kind<SubmitOrderRequest, SubmitOrderResponse> ORDER =
      new Mutations.Kind<>(
          OrderServiceGrpc.getSubmitOrderMethod(),
          (mapper, request) -> new OrderMapper(mapper).map(request),
          OrderService::executed);

  private final Mutations mutations;

  public OrderService(Mutations mutations) {
    this.mutations = mutations;
  }

  @Override
  public void submitOrder(SubmitOrderRequest request, StreamObserver<SubmitOrderResponse> caller) {
    mutations.submit(ORDER, request, caller);
  }

  private static SubmitOrderResponse executed(Accepted accepted) {
    SubmitOrderResponse.Builder response =
        SubmitOrderResponse.newBuilder().setPosition(accepted.getPosition());
    for (Accepted operation : accepted.getOperationsList()) {
      response.addResults(
          OperationResult.newBuilder()
              .addAllStock(operation.getStockList())
              .setReservationId(operation.getReservationId())
              .setShortfall(operation.getShortfall()));
    }
    return response.build();
  }
}
