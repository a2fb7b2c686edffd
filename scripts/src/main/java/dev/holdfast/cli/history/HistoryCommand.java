package dev.holdfast.cli.history;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.ItemArguments;
import dev.holdfast.cli.OnAggregator;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Positions;
import dev.holdfast.cli.Session;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.output.Moments;
import dev.holdfast.cli.output.RowWriter;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.proto.inventory.v1.GetStockAsOfRequest;
import dev.holdfast.proto.inventory.v1.GetStockAsOfResponse;
import dev.holdfast.proto.inventory.v1.HistorySince;
import dev.holdfast.proto.inventory.v1.ListMovementsRequest;
import dev.holdfast.proto.inventory.v1.ListMovementsRequest.Order;
import dev.holdfast.proto.inventory.v1.ListMovementsResponse;
import dev.holdfast.proto.inventory.v1.Movement;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast history}. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = {
      "Lists what happened to an item, the newest first; or tells its stock as of a moment.",
      "A moment is a sequence (17), the start of a day in UTC (2026-01-31), or a time",
      "(2026-01-31T12:00:00Z)."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast history Oslo TEA-1",
      "  holdfast history Oslo TEA-1 --from 2026-01-01 --to 2026-01-31T12:00:00Z -o csv",
      "  holdfast history Oslo TEA-1 --oldest-first --limit 20",
      "  holdfast history Oslo TEA-1 --as-of 1812",
    })
public final class HistoryCommand implements Runnable, OnAggregator {
  private static final int PAGE_MAX = 1_000;

  private final Session session;

  @Mixin private final ItemArguments item = new ItemArguments();

  @Option(names = "--from", paramLabel = "MOMENT", description = "only this moment and later")
  private String from = "";

  @Option(names = "--to", paramLabel = "MOMENT", description = "only up to this moment")
  private String to = "";

  @Option(names = "--oldest-first", description = "the other way round")
  private boolean oldestFirst;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "so many at most; 0 for all (default: ${DEFAULT-VALUE})")
  private long limit;

  @Option(names = "--as-of", paramLabel = "MOMENT", description = "the stock as it stood then")
  private String asOf = "";

  @Option(
      names = "--wait-for",
      split = ",",
      hideParamSyntax = true,
      paramLabel = "PARTITION:SEQUENCE,...",
      description = "wait until the view includes these positions, which changes print")
  private List<String> waitFor = List.of();

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  public HistoryCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    if (limit < 0) {
      throw new UsageException("--limit must not be negative, was " + limit);
    }
    if (!asOf.isEmpty() && !(from + to).isEmpty()) {
      throw new UsageException("--as-of is one moment: give it without --from and --to");
    }
    try (GlobalViewClient client = connection.global()) {
      if (asOf.isEmpty()) {
        list(client);
      } else {
        tellAsOf(client);
      }
    }
  }

  private void tellAsOf(GlobalViewClient client) {
    GetStockAsOfResponse answer =
        Await.answer(
            client.stockAsOf(
                GetStockAsOfRequest.newBuilder()
                    .setStore(item.store())
                    .setSku(item.sku())
                    .setMoment(TypedMoment.parse("--as-of", asOf))
                    .addAllWaitFor(Positions.parse("--wait-for", waitFor))
                    .build()));
    output.print(HistoryColumns.LEVEL, List.of(answer.getStock()), session);
  }

  private void list(GlobalViewClient client) {
    ListMovementsRequest.Builder request = request();
    long left = limit == 0 ? Long.MAX_VALUE : limit;
    try (RowWriter<Movement> writer = output.writer(HistoryColumns.MOVEMENT, session)) {
      ListMovementsResponse page = null;
      while (left > 0 && (page == null || !page.getNextPageToken().isEmpty())) {
        String token = page == null ? "" : page.getNextPageToken();
        request.setPageToken(token).setPageSize((int) Math.min(left, PAGE_MAX));
        page = Await.answer(client.movements(request.build()));
        page.getMovementsList().forEach(writer::write);
        left -= page.getMovementsCount();
      }
      if (page != null) {
        tellMore(page);
      }
    }
  }

  private ListMovementsRequest.Builder request() {
    ListMovementsRequest.Builder request =
        ListMovementsRequest.newBuilder()
            .setStore(item.store())
            .setSku(item.sku())
            .setOrder(oldestFirst ? Order.ORDER_OLDEST_FIRST : Order.ORDER_NEWEST_FIRST)
            .addAllWaitFor(Positions.parse("--wait-for", waitFor));
    if (!from.isEmpty()) {
      request.setFrom(TypedMoment.parse("--from", from));
    }
    if (!to.isEmpty()) {
      request.setTo(TypedMoment.parse("--to", to));
    }
    return request;
  }

  private void tellMore(ListMovementsResponse last) {
    if (!last.getNextPageToken().isEmpty()) {
      session.err().println("there are more: --limit more, or 0 for all");
    }
    HistorySince since = last.getSince();
    if (since.getSequence() > 0) {
      session
          .err()
          .println(
              "the history begins behind sequence %d, at %s"
                  .formatted(since.getSequence(), Moments.text(since.getTimeMillis())));
    }
  }

  @Override
  public String whatThereIs() {
    return "holdfast global list";
  }
}
