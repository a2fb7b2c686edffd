package dev.holdfast.cli.verify;

import dev.holdfast.cli.ContractWords;
import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.aggregator.v1.Difference;
import dev.holdfast.proto.aggregator.v1.RecordedStock;
import java.util.List;
import java.util.function.Function;

/**
 * An item with its record in the view and in the stores; empty where there is no record.
 *
 * @param parked whether changes of it are in the dead letter queue
 */
public record DifferenceRow(int partition, Difference difference, boolean parked) {
  public static final List<Column<DifferenceRow>> COLUMNS =
      Column.join(
          List.of(
              new Column<>("partition", DifferenceRow::partition),
              new Column<>("store", row -> row.difference.getStore()),
              new Column<>("sku", row -> row.difference.getSku())),
          both("on_hand", RecordedStock::getOnHand),
          both("reserved", RecordedStock::getReserved),
          both("version", RecordedStock::getVersion),
          both("net_shipped", RecordedStock::getNetShipped),
          both("safety_stock", RecordedStock::getSafetyStock),
          both("state", stock -> ContractWords.word(stock.getState())),
          List.of(new Column<>("parked", DifferenceRow::parked)));

  /** Makes the row of an item without parked changes. */
  public static DifferenceRow of(int partition, Difference difference) {
    return new DifferenceRow(partition, difference, false);
  }

  /** A field in the view, and in the stores. */
  private static List<Column<DifferenceRow>> both(
      String field, Function<RecordedStock, Object> value) {
    return List.of(
        new Column<>(
            "view_" + field,
            row -> row.difference.hasView() ? value.apply(row.difference.getView()) : null),
        new Column<>(
            "stores_" + field,
            row -> row.difference.hasStores() ? value.apply(row.difference.getStores()) : null));
  }
}
