package dev.holdfast.cli.verify;

import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.aggregator.v1.Difference;
import dev.holdfast.proto.aggregator.v1.RecordedStock;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** An item with what the view says and what the stores say; nothing where there is no record. */
public record DifferenceRow(int partition, Difference difference) {
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
          new Column<>("stores_version", row -> row.stores(RecordedStock::getVersion)));

  private @Nullable Long view(ToLongFunction<RecordedStock> number) {
    return difference.hasView() ? number.applyAsLong(difference.getView()) : null;
  }

  private @Nullable Long stores(ToLongFunction<RecordedStock> number) {
    return difference.hasStores() ? number.applyAsLong(difference.getStores()) : null;
  }
}
