package dev.holdfast.cli.stock;

import dev.holdfast.cli.ItemArguments;
import dev.holdfast.cli.ReadFreshness;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.GetStockResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast stock get}. */
@Command(
    name = "get",
    description = "Reads one item.",
    footer = {
      "",
      "Examples:",
      "  holdfast stock get Oslo TEA-1",
      "  holdfast stock get 'United Kingdom' 85123A -o json",
      "  holdfast stock get Oslo TEA-1 --max-staleness 500",
    })
final class StockGetCommand extends RemoteCommand implements Runnable {
  @Mixin private final ItemArguments item = new ItemArguments();

  @Mixin private final ReadFreshness freshness = new ReadFreshness();

  @Override
  public void run() {
    GetStockRequest request =
        GetStockRequest.newBuilder()
            .setStore(item.store())
            .setSku(item.sku())
            .setRead(freshness.options())
            .build();
    GetStockResponse response = ask(client -> client.getStock(request));
    output.print(StockColumns.LEVEL, List.of(response.getStock()));
  }
}
