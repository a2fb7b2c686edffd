package dev.holdfast.cli.store;

import dev.holdfast.cli.Pages;
import dev.holdfast.cli.ReadFreshness;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.cli.output.Column;
import dev.holdfast.cli.output.RowWriter;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.ListStoresRequest;
import dev.holdfast.proto.inventory.v1.ListStoresResponse;
import dev.holdfast.proto.inventory.v1.Store;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast store list}. */
@Command(
    name = "list",
    description = "Lists the stores that have or had items, or are frozen.",
    footer = {
      "",
      "Examples:",
      "  holdfast store list",
      "  holdfast store list --frozen",
      "  holdfast store list -o json",
    })
final class StoreListCommand extends RemoteCommand implements Runnable {
  static final List<Column<Store>> COLUMNS =
      List.of(
          new Column<>("store", Store::getStore),
          new Column<>("frozen", Store::getFrozen),
          new Column<>("partition", Store::getPartition));

  @Option(names = "--frozen", description = "only frozen stores")
  private boolean frozen;

  @Mixin private final ReadFreshness freshness = new ReadFreshness();

  @Override
  public void run() {
    ListStoresRequest.Builder request = ListStoresRequest.newBuilder().setRead(freshness.options());
    try (HoldfastClient client = connection.stores();
        RowWriter<Store> writer = output.writer(COLUMNS)) {
      Pages.forEach(
          token -> client.terms().listStores(request.setPageToken(token).build()),
          ListStoresResponse::getNextPageToken,
          page ->
              page.getStoresList().stream()
                  .filter(store -> store.getFrozen() || !frozen)
                  .forEach(writer::write));
    }
  }
}
