package dev.holdfast.cli.stock;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.Earlier;
import dev.holdfast.cli.FencingTokens;
import dev.holdfast.cli.ItemArguments;
import dev.holdfast.cli.MutationOptions;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.SetSafetyStockRequest;
import dev.holdfast.proto.inventory.v1.SetSafetyStockResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast stock safety}. */
@Command(
    name = "safety",
    mixinStandardHelpOptions = true,
    description = {
      "Sets the number of units withheld from reservations.",
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

  @Mixin private final ItemArguments item = new ItemArguments();

  @Parameters(index = "2", paramLabel = "UNITS", description = "units to withhold; 0 for none")
  private long quantity;

  @Mixin private final ExpectedVersion expectedVersion = new ExpectedVersion();

  @Mixin private final MutationOptions mutation = new MutationOptions();
  @Mixin private final FencingTokens fencing = new FencingTokens();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  StockSafetyCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    SetSafetyStockRequest.Builder request =
        SetSafetyStockRequest.newBuilder()
            .setStore(item.store())
            .setSku(item.sku())
            .setQuantity(quantity)
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .addAllFencingTokens(fencing.tokens());
    expectedVersion.ifGiven(request::setExpectedVersion);
    try (HoldfastClient client = connection.stores()) {
      SetSafetyStockResponse response =
          Await.answer(client.terms().setSafetyStock(request.build()));
      Earlier.tell(response.getEarlier(), session);
      Change change = Change.of(response.getStock(), response.getPosition());
      output.print(Change.COLUMNS, List.of(change), session);
    }
  }
}
