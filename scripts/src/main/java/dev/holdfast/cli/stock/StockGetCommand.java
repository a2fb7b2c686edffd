package dev.holdfast.cli.stock;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.ItemArguments;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.ReadFreshness;
import dev.holdfast.cli.Session;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.GetStockResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast stock get}. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = "Reads one item.",
    footer = {
      "",
      "Examples:",
      "  holdfast stock get Oslo TEA-1",
      "  holdfast stock get 'United Kingdom' 85123A -o json",
      "  holdfast stock get Oslo TEA-1 --max-staleness 500",
    })
final class StockGetCommand implements Runnable {
  private final Session session;

  @Mixin private final ItemArguments item = new ItemArguments();

  @Mixin private final ReadFreshness freshness = new ReadFreshness();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  StockGetCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    GetStockRequest request =
        GetStockRequest.newBuilder()
            .setStore(item.store())
            .setSku(item.sku())
            .setRead(freshness.options())
            .build();
    try (HoldfastClient client = connection.stores()) {
      GetStockResponse response = Await.answer(client.getStock(request));
      output.print(StockColumns.LEVEL, List.of(response.getStock()), session);
    }
  }
}
