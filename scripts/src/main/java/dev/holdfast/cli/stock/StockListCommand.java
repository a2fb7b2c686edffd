package dev.holdfast.cli.stock;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ReadFreshness;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.output.RowWriter;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.ListStockResponse;
import dev.holdfast.proto.inventory.v1.StockLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast stock list}. */
@Command(
    name = "list",
    description = "Lists items by store and SKU, of one store or of all.",
    footer = {
      "",
      "Examples:",
      "  holdfast stock list Oslo",
      "  holdfast stock list --all -o csv > stock.csv",
      "  holdfast stock list --limit 20 -o json",
    })
final class StockListCommand extends RemoteCommand implements Runnable {
  private static final int LIMIT_MAX = 10_000;

  @Parameters(
      paramLabel = "STORE",
      arity = "0..1",
      description = "one store only (default: all stores)")
  private String store = "";

  @Option(names = "--all", description = "all items, without a limit")
  private boolean all;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "without --all: maximum number, up to 10000 (default: ${DEFAULT-VALUE})")
  private int limit;

  @Mixin private final ReadFreshness freshness = new ReadFreshness();

  @Override
  public void run() {
    UsageException.requireRange("--limit", limit, 1, LIMIT_MAX);
    ListStockRequest request =
        ListStockRequest.newBuilder().setStore(store).setRead(freshness.options()).build();
    try (HoldfastClient client = connection.stores();
        RowWriter<StockLevel> writer = output.writer(StockColumns.LEVEL)) {
      if (all) {
        StockPages.forEach(client, request, writer::write);
      } else {
        printFirst(client, request.toBuilder().setPageSize(limit).build(), writer);
      }
    }
  }

  private void printFirst(
      HoldfastClient client, ListStockRequest request, RowWriter<StockLevel> writer) {
    ListStockResponse page = Await.answer(client.listStock(request));
    page.getStockList().forEach(writer::write);
    if (!page.getNextPageToken().isEmpty()) {
      err().println("there are more: --all lists all, --limit more");
    }
  }
}
