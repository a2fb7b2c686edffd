package dev.holdfast.cli.global;

import com.google.common.collect.Comparators;
import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.output.RowWriter;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.proto.inventory.v1.GlobalStock;
import dev.holdfast.proto.inventory.v1.ListGlobalStockRequest;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast global list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the totals of SKUs over all stores, by SKU.",
    footer = {
      "",
      "Examples:",
      "  holdfast global list --all -o csv > global.csv",
      "  holdfast global list --largest 5",
    })
final class GlobalListCommand implements Runnable {
  private static final int LIMIT_MAX = 10_000;

  private final Session session;

  @Option(names = "--all", description = "all SKUs, however many there are")
  private boolean all;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "without --all: so many at most, up to 10000 (default: ${DEFAULT-VALUE})")
  private int limit;

  @Option(
      names = "--largest",
      paramLabel = "N",
      description = "the N with most on hand, the largest first")
  private int largest;

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  GlobalListCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    range("--limit", limit, 1);
    range("--largest", largest, 0);
    try (GlobalViewClient client = connection.global();
        RowWriter<GlobalStock> writer = output.writer(GlobalColumns.TOTAL, session)) {
      if (largest > 0) {
        largest(new GlobalPages(client)).forEach(writer::write);
      } else if (all) {
        new GlobalPages(client).forEach(List.of(), writer::write);
      } else {
        printFirst(client, writer);
      }
    }
  }

  private List<GlobalStock> largest(GlobalPages pages) {
    Stream.Builder<GlobalStock> found = Stream.builder();
    pages.forEach(List.of(), found::add);
    Comparator<GlobalStock> byOnHand =
        Comparator.comparingLong(GlobalStock::getOnHand).thenComparing(GlobalStock::getSku);
    return found.build().collect(Comparators.greatest(largest, byOnHand));
  }

  private void printFirst(GlobalViewClient client, RowWriter<GlobalStock> writer) {
    ListGlobalStockRequest request = ListGlobalStockRequest.newBuilder().setPageSize(limit).build();
    var page = Await.answer(client.list(request));
    page.getStockList().forEach(writer::write);
    if (!page.getNextPageToken().isEmpty()) {
      session.err().println("there are more: --all lists all, --limit more");
    }
  }

  private static void range(String option, int value, int min) {
    if (value < min || value > LIMIT_MAX) {
      throw new UsageException(option + " must be " + min + " to " + LIMIT_MAX + ", was " + value);
    }
  }
}
