package dev.holdfast.cli.verify;

import com.google.common.base.Ascii;
import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.aggregator.v1.Difference;
import dev.holdfast.proto.aggregator.v1.RecordedStock;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An item with its record in the view and in the stores; empty where there is no record.
 *
 * @param parked whether changes of it are in the dead letter queue
 */
public record DifferenceRow(int partition, Difference difference, boolean parked) {
  public static final List<Column<DifferenceRow>> COLUMNS =
      List.of(
          new Column<>("partition", DifferenceRow::partition),
          new Column<>("store", row -> row.difference.getStore()),
          new Column<>("sku", row -> row.difference.getSku()),
          new Column<>("view_on_hand", row -> row.view(RecordedStock::getOnHand)),
          new Column<>("stores_on_hand", row -> row.stores(RecordedStock::getOnHand)),
          new Column<>("view_reserved", row -> row.view(RecordedStock::getReserved)),
          new Column<>("stores_reserved", row -> row.stores(RecordedStock::getReserved)),
          new Column<>("view_version", row -> row.view(RecordedStock::getVersion)),
          new Column<>("stores_version", row -> row.stores(RecordedStock::getVersion)),
          new Column<>("view_net_shipped", row -> row.view(RecordedStock::getNetShipped)),
          new Column<>("stores_net_shipped", row -> row.stores(RecordedStock::getNetShipped)),
          new Column<>("view_safety_stock", row -> row.view(RecordedStock::getSafetyStock)),
          new Column<>("stores_safety_stock", row -> row.stores(RecordedStock::getSafetyStock)),
          new Column<>("view_state", row -> row.view(DifferenceRow::state)),
          new Column<>("stores_state", row -> row.stores(DifferenceRow::state)),
          new Column<>("parked", DifferenceRow::parked));

  /** Of an item of which nothing is parked. */
  public static DifferenceRow of(int partition, Difference difference) {
    return new DifferenceRow(partition, difference, false);
  }

  private static String state(RecordedStock stock) {
    return Ascii.toLowerCase(stock.getState().name().replace("STATE_", ""));
  }

  private <T> @Nullable T view(Function<RecordedStock, T> field) {
    return difference.hasView() ? field.apply(difference.getView()) : null;
  }

  private <T> @Nullable T stores(Function<RecordedStock, T> field) {
    return difference.hasStores() ? field.apply(difference.getStores()) : null;
  }
}
