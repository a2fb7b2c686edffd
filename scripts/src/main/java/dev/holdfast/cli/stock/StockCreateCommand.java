package dev.holdfast.cli.stock;

import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.CreateItemResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast stock create}. */
@Command(
    name = "create",
    description = "Creates an item: a SKU in a store. Never overwrites one.",
    footer = {
      "",
      "Examples:",
      "  holdfast stock create Oslo TEA-1",
      "  holdfast stock create Oslo TEA-1 --quantity 40 --reference delivery-17",
    })
final class StockCreateCommand extends ItemChangeCommand {
  @Option(
      names = "--quantity",
      paramLabel = "UNITS",
      defaultValue = "0",
      description = "units on hand at the start (default: ${DEFAULT-VALUE})")
  private long quantity;

  @Override
  public void run() {
    CreateItemRequest request =
        CreateItemRequest.newBuilder()
            .setStore(item.store())
            .setSku(item.sku())
            .setInitialQuantity(quantity)
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .addAllFencingTokens(fencing.tokens())
            .build();
    CreateItemResponse response = ask(client -> client.createItem(request));
    print(response.getEarlier(), response.getStock(), response.getPosition());
  }
}
