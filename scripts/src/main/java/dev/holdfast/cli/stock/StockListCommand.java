package dev.holdfast.cli.stock;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.ReadFreshness;
import dev.holdfast.cli.Session;
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
    mixinStandardHelpOptions = true,
    description = "Lists items by store and SKU, of one store or of all.",
    footer = {
      "",
      "Examples:",
      "  holdfast stock list Oslo",
      "  holdfast stock list --all -o csv > stock.csv",
      "  holdfast stock list --limit 20 -o json",
    })
final class StockListCommand implements Runnable {
  private static final int LIMIT_MAX = 10_000;

  private final Session session;

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
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  StockListCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    if (limit < 1 || limit > LIMIT_MAX) {
      throw new UsageException("--limit must be 1 to " + LIMIT_MAX + ", was " + limit);
    }
    ListStockRequest.Builder request =
        ListStockRequest.newBuilder().setStore(store).setRead(freshness.options());
    try (HoldfastClient client = connection.stores();
        RowWriter<StockLevel> writer = output.writer(StockColumns.LEVEL, session)) {
      if (all) {
        new StockPages(client).forEach(request, writer::write);
      } else {
        printFirst(client, request, writer);
      }
    }
  }

  private void printFirst(
      HoldfastClient client, ListStockRequest.Builder request, RowWriter<StockLevel> writer) {
    ListStockResponse page = Await.answer(client.listStock(request.setPageSize(limit).build()));
    page.getStockList().forEach(writer::write);
    if (!page.getNextPageToken().isEmpty()) {
      session.err().println("there are more: --all lists all, --limit more");
    }
  }
}
