package dev.holdfast.cli.stock;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.MutationOptions;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.cli.output.Column;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.DeleteItemRequest;
import dev.holdfast.proto.inventory.v1.DeleteItemResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast stock delete}. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = {
      "Deletes an item with nothing on hand.",
      "When it is created again, its version goes on."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast stock delete Oslo TEA-1",
      "  holdfast stock delete Oslo TEA-1 --expected-version 7",
    })
final class StockDeleteCommand implements Runnable {
  private final Session session;

  @Parameters(paramLabel = "STORE", description = "the store")
  private String store = "";

  @Parameters(paramLabel = "SKU", description = "what is sold")
  private String sku = "";

  @Option(
      names = "--expected-version",
      paramLabel = "VERSION",
      description = "refuse unless the item is at this version")
  private @Nullable Long expectedVersion;

  @Mixin private final MutationOptions mutation = new MutationOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  StockDeleteCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    DeleteItemRequest.Builder request =
        DeleteItemRequest.newBuilder()
            .setStore(store)
            .setSku(sku)
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .addAllFencingTokens(mutation.tokens());
    if (expectedVersion != null) {
      request.setExpectedVersion(expectedVersion);
    }
    try (HoldfastClient client = connection.stores()) {
      DeleteItemResponse response = Await.answer(client.terms().deleteItem(request.build()));
      output.print(columns(), List.of(response), session);
    }
  }

  private List<Column<DeleteItemResponse>> columns() {
    return List.of(
        new Column<>("store", response -> store),
        new Column<>("sku", response -> sku),
        new Column<>("version", DeleteItemResponse::getVersion),
        new Column<>("partition", response -> response.getPosition().getPartition()),
        new Column<>("sequence", response -> response.getPosition().getSequence()));
  }
}
