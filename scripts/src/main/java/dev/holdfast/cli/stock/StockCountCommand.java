package dev.holdfast.cli.stock;

import dev.holdfast.cli.PositionText;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.inventory.v1.CountStockRequest;
import dev.holdfast.proto.inventory.v1.CountStockResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast stock count}. */
@Command(
    name = "count",
    description = {
      "Sets the quantity on hand to a count; movements since the count are kept.",
      "MOMENT is ISO 8601, such as 2026-01-31T18:00:00Z, or an age such as -PT5M."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast stock count Oslo TEA-1 38",
      "  holdfast stock count Oslo TEA-1 38 --counted-at -PT5M",
      "  holdfast stock count Oslo TEA-1 38 --expected-version 7",
    })
final class StockCountCommand extends ItemChangeCommand {
  private static final List<Column<CountStockResponse>> COLUMNS =
      Column.join(
          List.of(new Column<>("difference", CountStockResponse::getDifference)),
          Column.of(CountStockResponse::getStock, StockColumns.UNITS),
          Column.of(CountStockResponse::getPosition, PositionText.COLUMNS));

  @Parameters(index = "2", paramLabel = "UNITS", description = "units counted")
  private long counted;

  @Option(
      names = "--counted-at",
      paramLabel = "MOMENT",
      description = "time of the count, up to 24 h ago (default: now)")
  private @Nullable String countedAt;

  @Mixin private final ExpectedVersion expectedVersion = new ExpectedVersion();

  @Override
  public void run() {
    CountStockRequest.Builder request =
        CountStockRequest.newBuilder()
            .setStore(item.store())
            .setSku(item.sku())
            .setCounted(counted)
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .addAllFencingTokens(fencing.tokens());
    expectedVersion.ifGiven(request::setExpectedVersion);
    if (countedAt != null) {
      request.setCountedAtMillis(moment(countedAt).toEpochMilli());
    }
    CountStockResponse response = ask(client -> client.countStock(request.build()));
    tell(response.getEarlier());
    output.print(COLUMNS, List.of(response));
  }

  private static Instant moment(String text) {
    try {
      return text.startsWith("-P") ? Instant.now().plus(Duration.parse(text)) : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new UsageException(
          "--counted-at must be like 2026-01-31T18:00:00Z or -PT5M, was '" + text + "'");
    }
  }
}
