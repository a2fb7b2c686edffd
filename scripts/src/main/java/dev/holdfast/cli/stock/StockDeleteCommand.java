package dev.holdfast.cli.stock;

import dev.holdfast.cli.PositionText;
import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.inventory.v1.DeleteItemRequest;
import dev.holdfast.proto.inventory.v1.DeleteItemResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast stock delete}. */
@Command(
    name = "delete",
    description = {
      "Deletes an item with nothing on hand.",
      "When it is created again, its version continues."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast stock delete Oslo TEA-1",
      "  holdfast stock delete Oslo TEA-1 --expected-version 7",
    })
final class StockDeleteCommand extends ItemChangeCommand {
  @Mixin private final ExpectedVersion expectedVersion = new ExpectedVersion();

  @Override
  public void run() {
    DeleteItemRequest.Builder request =
        DeleteItemRequest.newBuilder()
            .setStore(item.store())
            .setSku(item.sku())
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .addAllFencingTokens(fencing.tokens());
    expectedVersion.ifGiven(request::setExpectedVersion);
    DeleteItemResponse response = ask(client -> client.terms().deleteItem(request.build()));
    tell(response.getEarlier());
    List<Column<DeleteItemResponse>> columns =
        List.of(
            new Column<>("store", row -> item.store()),
            new Column<>("sku", row -> item.sku()),
            new Column<>("version", DeleteItemResponse::getVersion));
    output.print(
        Column.join(columns, Column.of(DeleteItemResponse::getPosition, PositionText.COLUMNS)),
        List.of(response));
  }
}
