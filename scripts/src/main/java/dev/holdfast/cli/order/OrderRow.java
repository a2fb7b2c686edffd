package dev.holdfast.cli.order;

import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.inventory.v1.OperationResult;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.StockLevel;
import dev.holdfast.proto.inventory.v1.SubmitOrderResponse;
import java.util.ArrayList;
import java.util.List;

/** An item after one operation of an order. */
record OrderRow(int operation, String reservationId, StockLevel after, Position position) {
  static final List<Column<OrderRow>> COLUMNS =
      List.of(
          new Column<>("operation", OrderRow::operation),
          new Column<>("reservation_id", OrderRow::reservationId),
          new Column<>("store", row -> row.after.getStore()),
          new Column<>("sku", row -> row.after.getSku()),
          new Column<>("on_hand", row -> row.after.getOnHand()),
          new Column<>("reserved", row -> row.after.getReserved()),
          new Column<>("available", row -> row.after.getAvailable()),
          new Column<>("version", row -> row.after.getVersion()),
          new Column<>("partition", row -> row.position.getPartition()),
          new Column<>("sequence", row -> row.position.getSequence()));

  static List<OrderRow> of(SubmitOrderResponse response) {
    List<OrderRow> rows = new ArrayList<>();
    for (int i = 0; i < response.getResultsCount(); i++) {
      OperationResult result = response.getResults(i);
      for (StockLevel after : result.getStockList()) {
        rows.add(new OrderRow(i, result.getReservationId(), after, response.getPosition()));
      }
    }
    return rows;
  }
}
