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

/** {@code holdfast store freeze}. */
@Command(
    name = "freeze",
    mixinStandardHelpOptions = true,
    description = {"Freezes a store: selling, reserving, adjusting and creating items is refused."},
    footer = {
      "",
      "Examples:",
      "  holdfast store freeze Oslo",
      "  holdfast store freeze Oslo --reference stock-take-2026",
    })
final class StoreFreezeCommand implements Runnable {
  private final Session session;

  @Parameters(paramLabel = "STORE", description = "the store")
  private String store = "";

  @Mixin private final MutationOptions mutation = new MutationOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  StoreFreezeCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    SetStoreFrozenRequest request =
        SetStoreFrozenRequest.newBuilder()
            .setStore(store)
            .setFrozen(true)
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .build();
    try (HoldfastClient client = connection.stores()) {
      SetStoreFrozenResponse response = Await.answer(client.terms().setStoreFrozen(request));
      Earlier.tell(response.getEarlier(), session);
      output.print(StoreColumns.of(store, true), List.of(response), session);
    }
  }
}
