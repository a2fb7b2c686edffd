package dev.holdfast.cli.global;

import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.inventory.v1.GlobalStock;
import java.util.List;

/** How a SKU of the global view is printed. Scripts rely on these names and their order. */
final class GlobalColumns {
  static final List<Column<GlobalStock>> TOTAL =
      List.of(
          new Column<>("sku", GlobalStock::getSku),
          new Column<>("on_hand", GlobalStock::getOnHand),
          new Column<>("reserved", GlobalStock::getReserved),
          new Column<>("available", GlobalStock::getAvailable));

  private GlobalColumns() {}
}
