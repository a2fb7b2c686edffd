package dev.holdfast.cli.stock;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.Earlier;
import dev.holdfast.cli.FencingTokens;
import dev.holdfast.cli.ItemArguments;
import dev.holdfast.cli.MutationOptions;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.cli.output.Column;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast stock adjust}. */
@Command(
    name = "adjust",
    mixinStandardHelpOptions = true,
    description = {
      "Changes the quantity on hand by DELTA.",
      "Reasons: receive, return, found (+); sale, write-off (-); recount (+ or -)."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast stock adjust Oslo TEA-1 -2 --reason sale --reference 536365",
      "  holdfast stock adjust Oslo TEA-1 100 --reason receive",
      "  holdfast stock adjust Oslo TEA-1 -1 --reason write-off --expected-version 7",
      "  holdfast stock adjust Oslo TEA-1 -3 --reason sale --record-shortfall",
    })
final class StockAdjustCommand implements Runnable {
  private final Session session;

  @Mixin private final ItemArguments item = new ItemArguments();

  @Parameters(
      index = "2",
      paramLabel = "DELTA",
      description = "units to add; negative to take away")
  private long delta;

  @Option(names = "--reason", required = true, paramLabel = "REASON", description = "the reason")
  private String reason = "";

  @Option(
      names = "--record-shortfall",
      description = {
        "the movement has already happened, for example at an offline till: take the available",
        "units, and record the rest as a shortfall instead of refusing"
      })
  private boolean recordShortfall;

  @Mixin private final ExpectedVersion expectedVersion = new ExpectedVersion();

  @Mixin private final MutationOptions mutation = new MutationOptions();
  @Mixin private final FencingTokens fencing = new FencingTokens();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  StockAdjustCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    AdjustStockRequest request = request();
    try (HoldfastClient client = connection.stores()) {
      AdjustStockResponse response = Await.answer(client.adjustStock(request));
      Earlier.tell(response.getEarlier(), session);
      Change change = Change.of(response.getStock(), response.getPosition());
      output.print(columns(response), List.of(change), session);
      if (response.getShortfall() > 0) {
        tell(response.getShortfall());
      }
    }
  }

  private static List<Column<Change>> columns(AdjustStockResponse response) {
    Column<Change> shortfall = new Column<>("shortfall", change -> response.getShortfall());
    return Stream.concat(Change.COLUMNS.stream(), Stream.of(shortfall)).toList();
  }

  private void tell(long shortfall) {
    session
        .err()
        .printf(
            "shortfall: the books had %d fewer free than were taken; count %s %s%n",
            shortfall, item.store(), item.sku());
  }

  private AdjustStockRequest request() {
    AdjustStockRequest.Builder request =
        AdjustStockRequest.newBuilder()
            .setStore(item.store())
            .setSku(item.sku())
            .setDelta(delta)
            .setReason(Reasons.parse(reason))
            .setRecordShortfall(recordShortfall)
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .addAllFencingTokens(fencing.tokens());
    expectedVersion.ifGiven(request::setExpectedVersion);
    return request.build();
  }
}
