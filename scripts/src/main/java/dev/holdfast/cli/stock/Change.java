package dev.holdfast.cli.stock;

import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.StockLevel;
import java.util.List;
import java.util.stream.Stream;

/** An item after a change, and where in the event log the change stands. */
public record Change(String reservationId, StockLevel after, Position position) {
  /** For changes of an item. */
  public static final List<Column<Change>> COLUMNS =
      List.of(
          new Column<>("store", change -> change.after.getStore()),
          new Column<>("sku", change -> change.after.getSku()),
          new Column<>("on_hand", change -> change.after.getOnHand()),
          new Column<>("reserved", change -> change.after.getReserved()),
          new Column<>("available", change -> change.after.getAvailable()),
          new Column<>("version", change -> change.after.getVersion()),
          new Column<>("partition", change -> change.position.getPartition()),
          new Column<>("sequence", change -> change.position.getSequence()));

  /** For changes by a reservation. */
  public static final List<Column<Change>> RESERVATION_COLUMNS =
      Stream.concat(
              Stream.of(new Column<>("reservation_id", Change::reservationId)), COLUMNS.stream())
          .toList();

  static Change of(StockLevel after, Position position) {
    return new Change("", after, position);
  }

  /** All items that a reservation changed. */
  public static List<Change> of(String reservationId, List<StockLevel> after, Position position) {
    return after.stream().map(level -> new Change(reservationId, level, position)).toList();
  }
}
