package dev.holdfast.cli.store;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.ReadFreshness;
import dev.holdfast.cli.Session;
import dev.holdfast.cli.output.RowWriter;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.ListStoresRequest;
import dev.holdfast.proto.inventory.v1.ListStoresResponse;
import dev.holdfast.proto.inventory.v1.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast store list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the stores that have or had items, or are frozen.",
    footer = {
      "",
      "Examples:",
      "  holdfast store list",
      "  holdfast store list --frozen",
      "  holdfast store list -o json",
    })
final class StoreListCommand implements Runnable {
  private final Session session;

  @Option(names = "--frozen", description = "only frozen stores")
  private boolean frozen;

  @Mixin private final ReadFreshness freshness = new ReadFreshness();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  StoreListCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (HoldfastClient client = connection.stores();
        RowWriter<Store> writer = output.writer(StoreColumns.STORE, session)) {
      String token = "";
      do {
        token = printPage(client, token, writer);
      } while (!token.isEmpty());
    }
  }

  /** Returns where the next page begins, empty at the end. */
  private String printPage(HoldfastClient client, String token, RowWriter<Store> writer) {
    ListStoresRequest request =
        ListStoresRequest.newBuilder().setPageToken(token).setRead(freshness.options()).build();
    ListStoresResponse page = Await.answer(client.terms().listStores(request));
    page.getStoresList().stream()
        .filter(store -> store.getFrozen() || !frozen)
        .forEach(writer::write);
    return page.getNextPageToken();
  }
}
