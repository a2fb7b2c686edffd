package dev.holdfast.cli.store;

import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenResponse;
import dev.holdfast.proto.inventory.v1.Store;
import java.util.List;

/** The columns of a store and of a change of one. */
final class StoreColumns {
  static final List<Column<Store>> STORE =
      List.of(
          new Column<>("store", Store::getStore),
          new Column<>("frozen", Store::getFrozen),
          new Column<>("partition", Store::getPartition));

  private StoreColumns() {}

  static List<Column<SetStoreFrozenResponse>> of(String store, boolean frozen) {
    return List.of(
        new Column<>("store", response -> store),
        new Column<>("frozen", response -> frozen),
        new Column<>("partition", response -> response.getPosition().getPartition()),
        new Column<>("sequence", response -> response.getPosition().getSequence()));
  }
}
