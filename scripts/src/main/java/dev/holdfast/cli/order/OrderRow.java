package dev.holdfast.cli.order;

import dev.holdfast.cli.PositionText;
import dev.holdfast.cli.output.Column;
import dev.holdfast.cli.stock.StockColumns;
import dev.holdfast.proto.inventory.v1.OperationResult;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.StockLevel;
import dev.holdfast.proto.inventory.v1.SubmitOrderResponse;
import java.util.ArrayList;
import java.util.List;

/** An item after one operation of an order. */
record OrderRow(int operation, String reservationId, StockLevel after, Position position) {
  static final List<Column<OrderRow>> COLUMNS =
      Column.join(
          List.of(
              new Column<>("operation", OrderRow::operation),
              new Column<>("reservation_id", OrderRow::reservationId)),
          Column.of(OrderRow::after, StockColumns.UNITS),
          Column.of(OrderRow::position, PositionText.COLUMNS));

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
