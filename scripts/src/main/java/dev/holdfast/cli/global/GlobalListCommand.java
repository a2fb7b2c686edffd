package dev.holdfast.cli.global;

import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.OnAggregator;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.output.RowWriter;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.proto.inventory.v1.GlobalStock;
import dev.holdfast.proto.inventory.v1.ListGlobalStockRequest;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast global list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the totals of SKUs across all stores, by SKU.",
    footer = {
      "",
      "Examples:",
      "  holdfast global list --all -o csv > global.csv",
      "  holdfast global list --largest 5",
      "  holdfast global list --prefix TEA- --below 10",
      "  holdfast global list --sold-out --store Oslo --unmet",
    })
final class GlobalListCommand implements Runnable, OnAggregator {
  private static final int LIMIT_MAX = 10_000;

  private final Session session;

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
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  GlobalListCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    range("--limit", limit, 1);
    range("--largest", largest, 0);
    ListGlobalStockRequest request = filter.request();
    Doubts doubts = new Doubts(session.err());
    try (GlobalViewClient client = connection.global();
        RowWriter<Aged<GlobalStock>> writer =
            output.writer(Aged.columns(filter.columns(), !output.isTable()), session)) {
      print(new GlobalPages(client, doubts), request, writer);
    }
    doubts.tellParked();
  }

  private void print(
      GlobalPages pages, ListGlobalStockRequest request, RowWriter<Aged<GlobalStock>> writer) {
    if (largest > 0) {
      largest(pages, request).forEach(writer::write);
    } else if (!pages.forEach(request, all ? Long.MAX_VALUE : limit, writer::write)) {
      session.err().println("there may be more: --all lists all, --limit more");
    }
  }

  /** However many there are, no more than these are in memory. */
  private List<Aged<GlobalStock>> largest(GlobalPages pages, ListGlobalStockRequest request) {
    Comparator<Aged<GlobalStock>> byOnHand =
        Comparator.<Aged<GlobalStock>>comparingLong(aged -> aged.row().getOnHand())
            .thenComparing(aged -> aged.row().getSku());
    PriorityQueue<Aged<GlobalStock>> found = new PriorityQueue<>(byOnHand);
    pages.forEach(
        request,
        Long.MAX_VALUE,
        stock -> {
          found.add(stock);
          if (found.size() > largest) {
            found.remove();
          }
        });
    return found.stream().sorted(byOnHand.reversed()).toList();
  }

  private static void range(String option, int value, int min) {
    if (value < min || value > LIMIT_MAX) {
      throw new UsageException(option + " must be " + min + " to " + LIMIT_MAX + ", was " + value);
    }
  }

  @Override
  public String whatThereIs() {
    return "holdfast global list";
  }
}
