package dev.holdfast.cli.drill.model;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.holdfast.cli.drill.history.Fields;
import dev.holdfast.cli.drill.history.Recordable;
import dev.holdfast.proto.inventory.v1.OperationResult;
import dev.holdfast.proto.inventory.v1.OrderOperation;
import dev.holdfast.proto.inventory.v1.StockLevel;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import java.util.List;

/** The operations of an order as requests of their own, and their answers as results. */
final class Orders {
  private Orders() {}

  /** With the order's store and reference. */
  static Message operation(SubmitOrderRequest order, OrderOperation operation) {
    Message request = Recordable.operation(operation);
    return with(with(request, "store", order.getStore()), "reference", order.getReference());
  }

  private static Message with(Message request, String field, String value) {
    FieldDescriptor found = request.getDescriptorForType().findFieldByName(field);
    return request.toBuilder().setField(found, value).build();
  }

  static OperationResult result(Message request, Message answer) {
    OperationResult.Builder result = OperationResult.newBuilder();
    result.setReservationId(Fields.text(request, "reservation_id"));
    FieldDescriptor stock = answer.getDescriptorForType().findFieldByName("stock");
    Object levels = answer.getField(stock);
    for (Object level : stock.isRepeated() ? (List<?>) levels : List.of(levels)) {
      result.addStock((StockLevel) level);
    }
    FieldDescriptor shortfall = answer.getDescriptorForType().findFieldByName("shortfall");
    if (shortfall != null) {
      result.setShortfall((Long) answer.getField(shortfall));
    }
    return result.build();
  }
}
