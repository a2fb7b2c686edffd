package dev.holdfast.cli.stock;

import dev.holdfast.proto.inventory.v1.SetSafetyStockRequest;
import dev.holdfast.proto.inventory.v1.SetSafetyStockResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast stock safety}. */
@Command(
    name = "safety",
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
final class StockSafetyCommand extends ItemChangeCommand {
  @Parameters(index = "2", paramLabel = "UNITS", description = "units to withhold; 0 for none")
  private long quantity;

  @Mixin private final ExpectedVersion expectedVersion = new ExpectedVersion();

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
    SetSafetyStockResponse response = ask(client -> client.terms().setSafetyStock(request.build()));
    print(response.getEarlier(), response.getStock(), response.getPosition());
  }
}
