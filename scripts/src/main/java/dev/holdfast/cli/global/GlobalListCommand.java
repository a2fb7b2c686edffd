package dev.holdfast.cli.global;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.OnAggregator;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.output.RowWriter;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.proto.inventory.v1.GlobalStock;
import dev.holdfast.proto.inventory.v1.ListGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.ListGlobalStockResponse;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast global list}. */
@Command(
    name = "list",
    description = "Lists the totals of SKUs across all stores, by SKU.",
    footer = {
      "",
      "Examples:",
      "  holdfast global list --all -o csv > global.csv",
      "  holdfast global list --largest 5",
      "  holdfast global list --prefix TEA- --below 10",
      "  holdfast global list --sold-out --store Oslo --unmet",
    })
@OnAggregator(whatThereIs = "holdfast global list")
final class GlobalListCommand extends RemoteCommand implements Runnable {
  private static final int LIMIT_MAX = 10_000;
  private static final int PAGE_SIZE = 5_000;

  @Option(names = "--all", description = "all SKUs, without a limit")
  private boolean all;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "without --all: maximum number, up to 10000 (default: ${DEFAULT-VALUE})")
  private int limit;

  @Option(
      names = "--largest",
      paramLabel = "N",
      description = "the N SKUs with the most units on hand, largest first")
  private int largest;

  @Mixin private final GlobalFilter filter = new GlobalFilter();

  @Override
  public void run() {
    UsageException.requireRange("--limit", limit, 1, LIMIT_MAX);
    UsageException.requireRange("--largest", largest, 0, LIMIT_MAX);
    ListGlobalStockRequest.Builder request = filter.request();
    Doubts doubts = new Doubts(err());
    try (GlobalViewClient client = connection.global();
        RowWriter<Aged<GlobalStock>> writer =
            output.writer(Aged.columns(filter.columns(), !output.isTable()))) {
      ViewPages.Call<GlobalStock> call =
          (token, sizeMax) -> {
            ListGlobalStockResponse page =
                Await.answer(client.list(request.setPageSize(sizeMax).setPageToken(token).build()));
            page.getStockList().forEach(doubts::add);
            return new ViewPages.Page<>(
                page.getStockList(), page.getAsOfList(), page.getNextPageToken());
          };
      if (largest > 0) {
        largest(call, doubts).forEach(writer::write);
      } else if (!ViewPages.forEach(
          call, PAGE_SIZE, all ? Long.MAX_VALUE : limit, doubts, writer::write)) {
        err().println("there may be more: --all lists all, --limit more");
      }
    }
    doubts.tellParked();
  }

  /** Keeps no more than these in memory, however many SKUs there are. */
  private List<Aged<GlobalStock>> largest(ViewPages.Call<GlobalStock> call, Doubts doubts) {
    Comparator<Aged<GlobalStock>> byOnHand =
        Comparator.<Aged<GlobalStock>>comparingLong(aged -> aged.row().getOnHand())
            .thenComparing(aged -> aged.row().getSku());
    PriorityQueue<Aged<GlobalStock>> found = new PriorityQueue<>(byOnHand);
    ViewPages.forEach(
        call,
        PAGE_SIZE,
        Long.MAX_VALUE,
        doubts,
        stock -> {
          found.add(stock);
          if (found.size() > largest) {
            found.remove();
          }
        });
    return found.stream().sorted(byOnHand.reversed()).toList();
  }
}
