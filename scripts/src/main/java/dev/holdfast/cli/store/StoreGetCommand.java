package dev.holdfast.cli.store;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.ReadFreshness;
import dev.holdfast.cli.Session;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.GetStoreRequest;
import dev.holdfast.proto.inventory.v1.GetStoreResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast store get}. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = "Reads one store: whether it is frozen, and its partition.",
    footer = {
      "",
      "Examples:",
      "  holdfast store get Oslo",
      "  holdfast store get Oslo -o json",
    })
final class StoreGetCommand implements Runnable {
  private final Session session;

  @Parameters(paramLabel = "STORE", description = "the store")
  private String store = "";

  @Mixin private final ReadFreshness freshness = new ReadFreshness();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  StoreGetCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    GetStoreRequest request =
        GetStoreRequest.newBuilder().setStore(store).setRead(freshness.options()).build();
    try (HoldfastClient client = connection.stores()) {
      GetStoreResponse response = Await.answer(client.terms().getStore(request));
      output.print(StoreColumns.STORE, List.of(response.getStore()), session);
    }
  }
}
