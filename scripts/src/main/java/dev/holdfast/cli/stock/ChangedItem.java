package dev.holdfast.cli.stock;

import dev.holdfast.cli.PositionText;
import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.StockLevel;
import java.util.List;

/** An item after a change, and where in the event log the change stands. */
public record ChangedItem(String reservationId, StockLevel after, Position position) {
  /** For changes of an item. */
  public static final List<Column<ChangedItem>> COLUMNS =
      Column.join(
          Column.of(ChangedItem::after, StockColumns.UNITS),
          Column.of(ChangedItem::position, PositionText.COLUMNS));

  /** For changes by a reservation. */
  public static final List<Column<ChangedItem>> RESERVATION_COLUMNS =
      Column.join(List.of(new Column<>("reservation_id", ChangedItem::reservationId)), COLUMNS);
}
