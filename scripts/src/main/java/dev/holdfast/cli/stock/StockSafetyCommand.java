package dev.holdfast.cli.stock;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.MutationOptions;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.SetSafetyStockRequest;
import dev.holdfast.proto.inventory.v1.SetSafetyStockResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast stock safety}. */
@Command(
    name = "safety",
    mixinStandardHelpOptions = true,
    description = {
      "Sets how many units reservations leave untouched.",
      "Adjustments may still take them."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast stock safety Oslo TEA-1 5",
      "  holdfast stock safety Oslo TEA-1 0 --reference policy-3",
    })
final class StockSafetyCommand implements Runnable {
  private final Session session;

  @Parameters(paramLabel = "STORE", description = "the store")
  private String store = "";

  @Parameters(paramLabel = "SKU", description = "what is sold")
  private String sku = "";

  @Parameters(paramLabel = "UNITS", description = "units to keep; 0 for none")
  private long quantity;

  @Option(
      names = "--expected-version",
      paramLabel = "VERSION",
      description = "refuse unless the item is at this version")
  private @Nullable Long expectedVersion;

  @Mixin private final MutationOptions mutation = new MutationOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  StockSafetyCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    SetSafetyStockRequest.Builder request =
        SetSafetyStockRequest.newBuilder()
            .setStore(store)
            .setSku(sku)
            .setQuantity(quantity)
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .addAllFencingTokens(mutation.tokens());
    if (expectedVersion != null) {
      request.setExpectedVersion(expectedVersion);
    }
    try (HoldfastClient client = connection.stores()) {
      SetSafetyStockResponse response =
          Await.answer(client.terms().setSafetyStock(request.build()));
      Change change = Change.of(response.getStock(), response.getPosition());
      output.print(Change.COLUMNS, List.of(change), session);
    }
  }
}
