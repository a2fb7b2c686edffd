package dev.holdfast.cli.stock;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.MutationOptions;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.SetItemFrozenRequest;
import dev.holdfast.proto.inventory.v1.SetItemFrozenResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast stock unfreeze}. */
@Command(
    name = "unfreeze",
    mixinStandardHelpOptions = true,
    description = {"Ends the freeze of an item."},
    footer = {
      "",
      "Examples:",
      "  holdfast stock unfreeze Oslo TEA-1",
      "  holdfast stock unfreeze Oslo TEA-1 --reference audit-7",
    })
final class StockUnfreezeCommand implements Runnable {
  private final Session session;

  @Parameters(paramLabel = "STORE", description = "the store")
  private String store = "";

  @Parameters(paramLabel = "SKU", description = "what is sold")
  private String sku = "";

  @Option(
      names = "--expected-version",
      paramLabel = "VERSION",
      description = "refuse unless the item is at this version")
  private @Nullable Long expectedVersion;

  @Mixin private final MutationOptions mutation = new MutationOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  StockUnfreezeCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    SetItemFrozenRequest.Builder request =
        SetItemFrozenRequest.newBuilder()
            .setStore(store)
            .setSku(sku)
            .setFrozen(false)
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .addAllFencingTokens(mutation.tokens());
    if (expectedVersion != null) {
      request.setExpectedVersion(expectedVersion);
    }
    try (HoldfastClient client = connection.stores()) {
      SetItemFrozenResponse response = Await.answer(client.terms().setItemFrozen(request.build()));
      Change change = Change.of(response.getStock(), response.getPosition());
      output.print(Change.COLUMNS, List.of(change), session);
    }
  }
}
