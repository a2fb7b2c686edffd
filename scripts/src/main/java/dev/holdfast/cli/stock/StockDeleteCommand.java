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
import dev.holdfast.proto.inventory.v1.DeleteItemRequest;
import dev.holdfast.proto.inventory.v1.DeleteItemResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast stock delete}. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
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
final class StockDeleteCommand implements Runnable {
  private final Session session;

  @Mixin private final ItemArguments item = new ItemArguments();

  @Mixin private final ExpectedVersion expectedVersion = new ExpectedVersion();

  @Mixin private final MutationOptions mutation = new MutationOptions();
  @Mixin private final FencingTokens fencing = new FencingTokens();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  StockDeleteCommand(Session session) {
    this.session = session;
  }

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
    try (HoldfastClient client = connection.stores()) {
      DeleteItemResponse response = Await.answer(client.terms().deleteItem(request.build()));
      Earlier.tell(response.getEarlier(), session);
      output.print(columns(), List.of(response), session);
    }
  }

  private List<Column<DeleteItemResponse>> columns() {
    return List.of(
        new Column<>("store", response -> item.store()),
        new Column<>("sku", response -> item.sku()),
        new Column<>("version", DeleteItemResponse::getVersion),
        new Column<>("partition", response -> response.getPosition().getPartition()),
        new Column<>("sequence", response -> response.getPosition().getSequence()));
  }
}
