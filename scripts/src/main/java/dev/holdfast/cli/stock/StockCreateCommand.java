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
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.CreateItemResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast stock create}. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    description = "Creates an item: a SKU in a store. Never overwrites one.",
    footer = {
      "",
      "Examples:",
      "  holdfast stock create Oslo TEA-1",
      "  holdfast stock create Oslo TEA-1 --quantity 40 --reference delivery-17",
    })
final class StockCreateCommand implements Runnable {
  private final Session session;

  @Mixin private final ItemArguments item = new ItemArguments();

  @Option(
      names = "--quantity",
      paramLabel = "UNITS",
      defaultValue = "0",
      description = "units on hand at the start (default: ${DEFAULT-VALUE})")
  private long quantity;

  @Mixin private final MutationOptions mutation = new MutationOptions();
  @Mixin private final FencingTokens fencing = new FencingTokens();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  StockCreateCommand(Session session) {
    this.session = session;
  }

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
    try (HoldfastClient client = connection.stores()) {
      CreateItemResponse response = Await.answer(client.createItem(request));
      Earlier.tell(response.getEarlier(), session);
      Change change = Change.of(response.getStock(), response.getPosition());
      output.print(Change.COLUMNS, List.of(change), session);
    }
  }
}
