package dev.holdfast.cli.transfer;

import dev.holdfast.cli.ReadFreshness;
import dev.holdfast.proto.inventory.v1.GetTransferRequest;
import dev.holdfast.proto.inventory.v1.GetTransferResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast transfer get}. */
@Command(
    name = "get",
    description = "Shows the progress of a transfer, SKU by SKU.",
    footer = {"", "Example:", "  holdfast transfer get Oslo t-17 -o json"})
final class TransferGetCommand extends OneTransferCommand {
  @Mixin private final ReadFreshness freshness = new ReadFreshness();

  @Override
  public void run() {
    GetTransferRequest request =
        GetTransferRequest.newBuilder()
            .setStore(store)
            .setTransferId(id)
            .setRead(freshness.options())
            .build();
    GetTransferResponse found = ask(client -> client.transfers().get(request));
    print(found.getTransfer());
  }
}
