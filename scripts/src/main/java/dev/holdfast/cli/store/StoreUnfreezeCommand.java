package dev.holdfast.cli.store;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.Earlier;
import dev.holdfast.cli.MutationOptions;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenRequest;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast store unfreeze}. */
@Command(
    name = "unfreeze",
    mixinStandardHelpOptions = true,
    description = {"Unfreezes a store."},
    footer = {
      "",
      "Examples:",
      "  holdfast store unfreeze Oslo",
      "  holdfast store unfreeze Oslo --reference stock-take-2026",
    })
final class StoreUnfreezeCommand implements Runnable {
  private final Session session;

  @Parameters(paramLabel = "STORE", description = "the store")
  private String store = "";

  @Mixin private final MutationOptions mutation = new MutationOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  StoreUnfreezeCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    SetStoreFrozenRequest request =
        SetStoreFrozenRequest.newBuilder()
            .setStore(store)
            .setFrozen(false)
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .build();
    try (HoldfastClient client = connection.stores()) {
      SetStoreFrozenResponse response = Await.answer(client.terms().setStoreFrozen(request));
      Earlier.tell(response.getEarlier(), session);
      output.print(StoreColumns.of(store, false), List.of(response), session);
    }
  }
}
