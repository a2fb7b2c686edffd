package dev.holdfast.cli.stock;

import dev.holdfast.cli.ContractWords;
import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast stock adjust}. */
@Command(
    name = "adjust",
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
final class StockAdjustCommand extends ItemChangeCommand {
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

  /** A delta may be -2, which is no option. */
  @Spec
  void takeNegativeDelta(CommandSpec spec) {
    spec.parser().unmatchedOptionsArePositionalParams(true);
  }

  @Override
  public void run() {
    AdjustStockRequest.Builder request =
        AdjustStockRequest.newBuilder()
            .setStore(item.store())
            .setSku(item.sku())
            .setDelta(delta)
            .setReason(ContractWords.adjustmentReason(reason))
            .setRecordShortfall(recordShortfall)
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .addAllFencingTokens(fencing.tokens());
    expectedVersion.ifGiven(request::setExpectedVersion);
    AdjustStockResponse response = ask(client -> client.adjustStock(request.build()));
    tell(response.getEarlier());
    Column<ChangedItem> shortfall = new Column<>("shortfall", row -> response.getShortfall());
    output.print(
        Column.join(ChangedItem.COLUMNS, List.of(shortfall)),
        List.of(new ChangedItem("", response.getStock(), response.getPosition())));
    if (response.getShortfall() > 0) {
      err()
          .printf(
              "shortfall: the books had %d fewer free than were taken; count %s %s%n",
              response.getShortfall(), item.store(), item.sku());
    }
  }
}
