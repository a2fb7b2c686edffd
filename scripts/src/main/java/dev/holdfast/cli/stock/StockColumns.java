package dev.holdfast.cli.stock;

import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.inventory.v1.StockLevel;
import java.util.List;

/** The columns of an item's stock. Scripts rely on these names and their order. */
public final class StockColumns {
  public static final List<Column<StockLevel>> UNITS =
      List.of(
          new Column<>("store", StockLevel::getStore),
          new Column<>("sku", StockLevel::getSku),
          new Column<>("on_hand", StockLevel::getOnHand),
          new Column<>("reserved", StockLevel::getReserved),
          new Column<>("available", StockLevel::getAvailable),
          new Column<>("version", StockLevel::getVersion));

  static final List<Column<StockLevel>> LEVEL =
      Column.join(
          UNITS,
          List.of(
              new Column<>("safety_stock", StockLevel::getSafetyStock),
              new Column<>("frozen", StockLevel::getFrozen),
              new Column<>("reservable", StockLevel::getReservable),
              new Column<>("store_frozen", StockLevel::getStoreFrozen)));

  private StockColumns() {}
}
