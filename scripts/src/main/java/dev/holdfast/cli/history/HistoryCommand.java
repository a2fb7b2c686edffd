package dev.holdfast.cli.history;

import dev.holdfast.cli.OnAggregator;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.WaitFor;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.proto.inventory.v1.FindHistoryRequest;
import dev.holdfast.proto.inventory.v1.GetStockAsOfRequest;
import dev.holdfast.proto.inventory.v1.ListMovementsRequest;
import dev.holdfast.proto.inventory.v1.ListMovementsRequest.Order;
import dev.holdfast.proto.inventory.v1.ListStockAsOfRequest;
import dev.holdfast.proto.inventory.v1.Moment;
import dev.holdfast.proto.inventory.v1.Position;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast history}. */
@Command(
    name = "history",
    description = {
      "Lists movements, newest first: of an item, or across all items with --reference, --request,",
      "--reservation, --refusals or --ran-out. With --as-of, shows the stock of an item or",
      "of a whole store at that moment.",
      "A moment is a sequence of the store's partition (17 or seq:17), the start of a day in UTC",
      "(2026-01-31), or a time (2026-01-31T12:00:00Z); across all stores it must be a time."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast history Oslo TEA-1",
      "  holdfast history Oslo TEA-1 --from 2026-01-01 --to 2026-01-31T12:00:00Z -o csv",
      "  holdfast history Oslo TEA-1 --oldest-first --limit 20",
      "  holdfast history Oslo TEA-1 --as-of seq:1812",
      "  holdfast history Oslo --as-of 2026-01-31 -o csv",
      "  holdfast history --reference order-4711",
      "  holdfast history --ran-out --from 2026-01-31",
      "  holdfast history Oslo --refusals --limit 20",
    })
@OnAggregator(whatThereIs = "holdfast global list")
public final class HistoryCommand extends RemoteCommand implements Runnable {
  @Mixin private final HistoryArguments what = new HistoryArguments();

  @Option(names = "--from", paramLabel = "MOMENT", description = "only at or after this moment")
  private String from = "";

  @Option(names = "--to", paramLabel = "MOMENT", description = "only up to this moment")
  private String to = "";

  @Option(names = "--oldest-first", description = "oldest movements first")
  private boolean oldestFirst;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "maximum number; 0 for all (default: ${DEFAULT-VALUE})")
  private long limit;

  @Option(names = "--as-of", paramLabel = "MOMENT", description = "the stock at this moment")
  private String asOf = "";

  @Mixin private final WaitFor waitFor = new WaitFor();

  @Override
  public void run() {
    UsageException.requireNotNegative("--limit", limit);
    boolean isSearch = what.isSearch();
    if (!asOf.isEmpty() && (isSearch || !(from + to).isEmpty())) {
      throw new UsageException("--as-of is one moment: give it with a STORE, or a STORE and a SKU");
    }
    List<Position> positions = waitFor.positions();
    try (GlobalViewClient client = connection.global()) {
      HistoryReader reader = new HistoryReader(client, output, err(), limit);
      if (isSearch) {
        reader.find(search(positions));
      } else if (asOf.isEmpty()) {
        what.requireItem();
        reader.list(list(positions));
      } else {
        tellAsOf(reader, TypedMoment.parse("--as-of", asOf), positions);
      }
    }
  }

  private void tellAsOf(HistoryReader reader, Moment moment, List<Position> positions) {
    what.requireStore();
    if (what.sku().isEmpty()) {
      reader.storeAsOf(
          ListStockAsOfRequest.newBuilder()
              .setStore(what.store())
              .setMoment(moment)
              .addAllWaitFor(positions));
    } else {
      reader.asOf(
          GetStockAsOfRequest.newBuilder()
              .setStore(what.store())
              .setSku(what.sku())
              .setMoment(moment)
              .addAllWaitFor(positions)
              .build());
    }
  }

  private FindHistoryRequest.Builder search(List<Position> positions) {
    FindHistoryRequest.Builder request = what.find().setOrder(order()).addAllWaitFor(positions);
    if (!from.isEmpty()) {
      request.setFromMillis(TypedMoment.millis("--from", from));
    }
    if (!to.isEmpty()) {
      request.setToMillis(TypedMoment.millis("--to", to));
    }
    return request;
  }

  private ListMovementsRequest.Builder list(List<Position> positions) {
    ListMovementsRequest.Builder request =
        ListMovementsRequest.newBuilder()
            .setStore(what.store())
            .setSku(what.sku())
            .setOrder(order())
            .addAllWaitFor(positions);
    if (!from.isEmpty()) {
      request.setFrom(TypedMoment.parse("--from", from));
    }
    if (!to.isEmpty()) {
      request.setTo(TypedMoment.parse("--to", to));
    }
    return request;
  }

  private Order order() {
    return oldestFirst ? Order.ORDER_OLDEST_FIRST : Order.ORDER_NEWEST_FIRST;
  }
}
