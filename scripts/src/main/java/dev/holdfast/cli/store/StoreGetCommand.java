package dev.holdfast.cli.store;

import dev.holdfast.cli.ReadFreshness;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.proto.inventory.v1.GetStoreRequest;
import dev.holdfast.proto.inventory.v1.GetStoreResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast store get}. */
@Command(
    name = "get",
    description = "Reads one store: whether it is frozen, and its partition.",
    footer = {
      "",
      "Examples:",
      "  holdfast store get Oslo",
      "  holdfast store get Oslo -o json",
    })
final class StoreGetCommand extends RemoteCommand implements Runnable {
  @Parameters(paramLabel = "STORE", description = "the store")
  private String store = "";

  @Mixin private final ReadFreshness freshness = new ReadFreshness();

  @Override
  public void run() {
    GetStoreRequest request =
        GetStoreRequest.newBuilder().setStore(store).setRead(freshness.options()).build();
    GetStoreResponse response = ask(client -> client.terms().getStore(request));
    output.print(StoreListCommand.COLUMNS, List.of(response.getStore()));
  }
}
