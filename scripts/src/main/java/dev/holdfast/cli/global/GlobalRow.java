package dev.holdfast.cli.global;

import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.inventory.v1.GlobalStock;
import dev.holdfast.proto.inventory.v1.StockLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One SKU in one store, or, without a store, in all.
 *
 * @param total the SKU in all stores; null in the row of a store
 */
record GlobalRow(
    String sku,
    @Nullable String store,
    long onHand,
    long reserved,
    long available,
    long reservable,
    @Nullable GlobalStock total) {
  static final List<Column<GlobalRow>> COLUMNS =
      List.of(
          new Column<>("sku", GlobalRow::sku),
          new Column<>("store", GlobalRow::store),
          new Column<>("on_hand", GlobalRow::onHand),
          new Column<>("reserved", GlobalRow::reserved),
          new Column<>("available", GlobalRow::available),
          new Column<>("reservable", GlobalRow::reservable),
          new Column<>("unmet_times", row -> row.ofTotal(GlobalColumns::unmetTimes)),
          new Column<>("unmet_units", row -> row.ofTotal(GlobalColumns::unmetUnits)),
          new Column<>("parked_changes", row -> row.ofTotal(GlobalStock::getParkedChanges)),
          new Column<>("in_transit", row -> row.ofTotal(GlobalStock::getInTransit)));

  /** The stores, then the total. */
  static List<GlobalRow> of(GlobalStock stock) {
    List<GlobalRow> rows = new ArrayList<>();
    for (StockLevel level : stock.getStoresList()) {
      rows.add(
          new GlobalRow(
              stock.getSku(),
              level.getStore(),
              level.getOnHand(),
              level.getReserved(),
              level.getAvailable(),
              level.getReservable(),
              null));
    }
    rows.add(
        new GlobalRow(
            stock.getSku(),
            null,
            stock.getOnHand(),
            stock.getReserved(),
            stock.getAvailable(),
            stock.getReservable(),
            stock));
    return rows;
  }

  private @Nullable Object ofTotal(Function<GlobalStock, @Nullable Object> value) {
    return total == null ? null : value.apply(total);
  }
}
