package dev.holdfast.cli.global;

import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.inventory.v1.GlobalStock;
import dev.holdfast.proto.inventory.v1.StockLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of a SKU of the global view. Scripts rely on these names and their order. */
final class GlobalColumns {
  private static final List<Column<GlobalStock>> TOTAL =
      List.of(
          new Column<>("sku", GlobalStock::getSku),
          new Column<>("on_hand", GlobalStock::getOnHand),
          new Column<>("reserved", GlobalStock::getReserved),
          new Column<>("available", GlobalStock::getAvailable),
          new Column<>("reservable", GlobalStock::getReservable));

  private static final Column<GlobalStock> IN_TRANSIT =
      new Column<>("in_transit", GlobalStock::getInTransit);

  /** The stock in the one store of a request. */
  private static final List<Column<GlobalStock>> STORE =
      List.of(
          new Column<>("store", ofStore(StockLevel::getStore)),
          new Column<>("store_on_hand", ofStore(StockLevel::getOnHand)),
          new Column<>("store_reserved", ofStore(StockLevel::getReserved)),
          new Column<>("store_available", ofStore(StockLevel::getAvailable)),
          new Column<>("store_reservable", ofStore(StockLevel::getReservable)));

  private static final List<Column<GlobalStock>> UNMET =
      List.of(
          new Column<>("unmet_times", GlobalColumns::unmetTimes),
          new Column<>("unmet_units", GlobalColumns::unmetUnits));

  private GlobalColumns() {}

  static List<Column<GlobalStock>> of(boolean withStore, boolean withUnmetDemand) {
    List<Column<GlobalStock>> columns = new ArrayList<>(TOTAL);
    if (withStore) {
      columns.addAll(STORE);
    }
    if (withUnmetDemand) {
      columns.addAll(UNMET);
    }
    columns.add(IN_TRANSIT);
    return columns;
  }

  static Object unmetTimes(GlobalStock stock) {
    return stock.getUnmetDemand().getTimes();
  }

  static Object unmetUnits(GlobalStock stock) {
    return stock.getUnmetDemand().getUnits();
  }

  private static Function<GlobalStock, @Nullable Object> ofStore(
      Function<StockLevel, Object> value) {
    return stock -> stock.getStoresCount() == 0 ? null : value.apply(stock.getStores(0));
  }
}
