package dev.holdfast.store.api.order;

import dev.holdfast.common.domain.Event;
import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.proto.inventory.v1.OperationResult;
import dev.holdfast.proto.inventory.v1.OrderServiceGrpc;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import dev.holdfast.proto.inventory.v1.SubmitOrderResponse;
import dev.holdfast.store.api.call.MutationKind;
import dev.holdfast.store.api.call.Mutations;
import dev.holdfast.store.api.inventory.BatchAnswers;
import io.grpc.stub.StreamObserver;

/** Several operations on one store as one. Runs on the transport's threads, so nothing blocks. */
public final class OrderService extends OrderServiceGrpc.OrderServiceImplBase {
  private static final MutationKind<SubmitOrderRequest, Event.OrderExecuted, SubmitOrderResponse>
      ORDER =
          MutationKind.of(
              OrderServiceGrpc.getSubmitOrderMethod(),
              (context, request) -> new OrderMapper(context).map(request),
              Event.OrderExecuted.class,
              OrderService::executed);

  private final Mutations mutations;

  public OrderService(Mutations mutations) {
    this.mutations = mutations;
  }

  @Override
  public void submitOrder(SubmitOrderRequest request, StreamObserver<SubmitOrderResponse> caller) {
    mutations.submit(ORDER, request, caller);
  }

  public static SubmitOrderResponse executed(Event.OrderExecuted order, Position position) {
    SubmitOrderResponse.Builder response = SubmitOrderResponse.newBuilder().setPosition(position);
    for (Event step : order.steps()) {
      Accepted.Builder operation = BatchAnswers.accepted(step);
      response.addResults(
          OperationResult.newBuilder()
              .addAllStock(operation.getStockList())
              .setReservationId(operation.getReservationId())
              .setShortfall(operation.getShortfall()));
    }
    return response.build();
  }
}
