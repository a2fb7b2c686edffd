package dev.holdfast.cli.store;

import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenResponse;
import java.util.List;

/** How a change of a store is printed. */
final class StoreColumns {
  private StoreColumns() {}

  static List<Column<SetStoreFrozenResponse>> of(String store, boolean frozen) {
    return List.of(
        new Column<>("store", response -> store),
        new Column<>("frozen", response -> frozen),
        new Column<>("partition", response -> response.getPosition().getPartition()),
        new Column<>("sequence", response -> response.getPosition().getSequence()));
  }
}
