package dev.holdfast.cli.transfer;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.MutationOptions;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.CancelTransferRequest;
import dev.holdfast.proto.inventory.v1.CancelTransferResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast transfer cancel}. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = "Returns the outstanding units of a transfer to the store that shipped them.",
    footer = {"", "Example:", "  holdfast transfer cancel Oslo t-17"})
final class TransferCancelCommand implements Runnable {
  private final Session session;

  @Parameters(index = "0", paramLabel = "FROM", description = "the store that shipped")
  private String store = "";

  @Parameters(index = "1", paramLabel = "ID", description = "the transfer's id")
  private String id = "";

  @Mixin private final MutationOptions mutation = new MutationOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  TransferCancelCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    CancelTransferRequest request =
        CancelTransferRequest.newBuilder()
            .setStore(store)
            .setTransferId(id)
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .build();
    try (HoldfastClient client = connection.stores()) {
      CancelTransferResponse done = Await.answer(client.transfers().cancel(request));
      output.print(TransferRow.COLUMNS, TransferRow.of(done.getTransfer()), session);
    }
  }
}
