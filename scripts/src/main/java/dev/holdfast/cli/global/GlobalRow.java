package dev.holdfast.cli.global;

import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.inventory.v1.GlobalStock;
import dev.holdfast.proto.inventory.v1.StockLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One SKU in one store, or in all stores.
 *
 * @param level in the store; null in the row of the total
 */
record GlobalRow(GlobalStock total, @Nullable StockLevel level) {
  static final List<Column<GlobalRow>> COLUMNS =
      List.of(
          new Column<>("sku", row -> row.total.getSku()),
          either("store", StockLevel::getStore, total -> null),
          either("on_hand", StockLevel::getOnHand, GlobalStock::getOnHand),
          either("reserved", StockLevel::getReserved, GlobalStock::getReserved),
          either("available", StockLevel::getAvailable, GlobalStock::getAvailable),
          either("reservable", StockLevel::getReservable, GlobalStock::getReservable),
          either("unmet_times", level -> null, GlobalColumns::unmetTimes),
          either("unmet_units", level -> null, GlobalColumns::unmetUnits),
          either("parked_changes", level -> null, GlobalStock::getParkedChanges),
          either("in_transit", level -> null, GlobalStock::getInTransit));

  /** The stores, then the total. */
  static List<GlobalRow> of(GlobalStock stock) {
    List<GlobalRow> rows = new ArrayList<>();
    stock.getStoresList().forEach(level -> rows.add(new GlobalRow(stock, level)));
    rows.add(new GlobalRow(stock, null));
    return rows;
  }

  private static Column<GlobalRow> either(
      String name,
      Function<StockLevel, @Nullable Object> ofStore,
      Function<GlobalStock, @Nullable Object> ofTotal) {
    return new Column<>(
        name, row -> row.level == null ? ofTotal.apply(row.total) : ofStore.apply(row.level));
  }
}
