package dev.holdfast.store.api.order;

import dev.holdfast.common.domain.Event;
import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.proto.inventory.v1.OperationResult;
import dev.holdfast.proto.inventory.v1.OrderServiceGrpc;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import dev.holdfast.proto.inventory.v1.SubmitOrderResponse;
import dev.holdfast.store.api.call.MutationKind;
import dev.holdfast.store.api.inventory.BatchAnswers;

/** The one mutation that is several operations. */
public final class OrderKinds {
  public static final MutationKind<SubmitOrderRequest, Event.OrderExecuted, SubmitOrderResponse>
      ORDER =
          MutationKind.of(
              OrderServiceGrpc.getSubmitOrderMethod(),
              (context, request) -> new OrderMapper(context).map(request),
              Event.OrderExecuted.class,
              OrderKinds::executed);

  private OrderKinds() {}

  private static SubmitOrderResponse executed(Event.OrderExecuted order, Position position) {
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
