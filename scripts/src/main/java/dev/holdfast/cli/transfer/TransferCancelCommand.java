package dev.holdfast.cli.transfer;

import dev.holdfast.cli.MutationOptions;
import dev.holdfast.proto.inventory.v1.CancelTransferRequest;
import dev.holdfast.proto.inventory.v1.CancelTransferResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast transfer cancel}. */
@Command(
    name = "cancel",
    description = "Returns the outstanding units of a transfer to the store that shipped them.",
    footer = {"", "Example:", "  holdfast transfer cancel Oslo t-17"})
final class TransferCancelCommand extends OneTransferCommand {
  @Mixin private final MutationOptions mutation = new MutationOptions();

  @Override
  public void run() {
    CancelTransferRequest request =
        CancelTransferRequest.newBuilder()
            .setStore(store)
            .setTransferId(id)
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .build();
    CancelTransferResponse done = ask(client -> client.transfers().cancel(request));
    print(done.getTransfer());
  }
}
