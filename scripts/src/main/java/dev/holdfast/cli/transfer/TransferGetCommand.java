package dev.holdfast.cli.transfer;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.ReadFreshness;
import dev.holdfast.cli.Session;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.GetTransferRequest;
import dev.holdfast.proto.inventory.v1.GetTransferResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast transfer get}. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = "Shows the progress of a transfer, SKU by SKU.",
    footer = {"", "Example:", "  holdfast transfer get Oslo t-17 -o json"})
final class TransferGetCommand implements Runnable {
  private final Session session;

  @Parameters(index = "0", paramLabel = "FROM", description = "the store that shipped")
  private String store = "";

  @Parameters(index = "1", paramLabel = "ID", description = "the transfer's id")
  private String id = "";

  @Mixin private final ReadFreshness freshness = new ReadFreshness();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  TransferGetCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    GetTransferRequest request =
        GetTransferRequest.newBuilder()
            .setStore(store)
            .setTransferId(id)
            .setRead(freshness.options())
            .build();
    try (HoldfastClient client = connection.stores()) {
      GetTransferResponse found = Await.answer(client.transfers().get(request));
      output.print(TransferRow.COLUMNS, TransferRow.of(found.getTransfer()), session);
    }
  }
}
