package dev.holdfast.cli.order;

import dev.holdfast.cli.ContractWords;
import dev.holdfast.cli.UsageException;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.OrderOperation;
import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.ReservationLine;
import dev.holdfast.proto.inventory.v1.ReserveRequest;

/** One operation of an order as typed. A SKU may contain ':', so parsing works from both ends. */
final class OrderText {
  private OrderText() {}

  static OrderOperation parse(String text) {
    int at = text.indexOf(':');
    String rest = text.substring(at + 1);
    OrderOperation.Builder operation = OrderOperation.newBuilder();
    return switch (text.substring(0, Math.max(at, 0))) {
      case "adjust" -> operation.setAdjustStock(adjust(text, rest)).build();
      case "reserve" -> operation.setReserve(reserve(text, rest)).build();
      case "confirm" ->
          operation
              .setConfirmReservation(ConfirmReservationRequest.newBuilder().setReservationId(rest))
              .build();
      case "release" ->
          operation
              .setReleaseReservation(ReleaseReservationRequest.newBuilder().setReservationId(rest))
              .build();
      default -> throw wrong(text);
    };
  }

  private static AdjustStockRequest.Builder adjust(String text, String rest) {
    int reasonAt = rest.lastIndexOf(':');
    int deltaAt = rest.lastIndexOf(':', reasonAt - 1);
    if (reasonAt < 0 || deltaAt < 0) {
      throw wrong(text);
    }
    return AdjustStockRequest.newBuilder()
        .setSku(rest.substring(0, deltaAt))
        .setDelta(number(text, rest.substring(deltaAt + 1, reasonAt)))
        .setReason(ContractWords.adjustmentReason(rest.substring(reasonAt + 1)));
  }

  private static ReserveRequest.Builder reserve(String text, String rest) {
    int linesAt = rest.indexOf(':');
    if (linesAt < 0) {
      throw wrong(text);
    }
    ReserveRequest.Builder reserve =
        ReserveRequest.newBuilder().setReservationId(rest.substring(0, linesAt));
    for (String line : rest.substring(linesAt + 1).split(",", -1)) {
      int unitsAt = line.lastIndexOf('=');
      reserve.addLines(
          ReservationLine.newBuilder()
              .setSku(line.substring(0, Math.max(unitsAt, 0)))
              .setQuantity(number(text, line.substring(unitsAt + 1))));
    }
    return reserve;
  }

  private static long number(String text, String number) {
    try {
      return Long.parseLong(number);
    } catch (NumberFormatException e) {
      throw wrong(text);
    }
  }

  private static UsageException wrong(String text) {
    return new UsageException(
        "'"
            + text
            + "' is no operation: adjust:SKU:DELTA:REASON, reserve:ID:SKU=UNITS,..., confirm:ID or"
            + " release:ID");
  }
}
