package dev.holdfast.cli.transfer;

import dev.holdfast.cli.Pages;
import dev.holdfast.cli.ReadFreshness;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.cli.output.RowWriter;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.ListTransfersRequest;
import dev.holdfast.proto.inventory.v1.ListTransfersResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast transfer list}. */
@Command(
    name = "list",
    description = "Lists transfers in transit, by store and id, one row per SKU.",
    footer = {
      "",
      "Examples:",
      "  holdfast transfer list",
      "  holdfast transfer list --from Oslo --to Bergen --closed -o csv",
    })
final class TransferListCommand extends RemoteCommand implements Runnable {
  private static final int PAGE_SIZE = 1_000;

  @Option(names = "--from", paramLabel = "STORE", description = "only transfers from this store")
  private String store = "";

  @Option(names = "--to", paramLabel = "STORE", description = "only transfers to this store")
  private String destination = "";

  @Option(names = "--closed", description = "also closed transfers")
  private boolean closed;

  @Mixin private final ReadFreshness freshness = new ReadFreshness();

  @Override
  public void run() {
    ListTransfersRequest.Builder request =
        ListTransfersRequest.newBuilder()
            .setStore(store)
            .setDestination(destination)
            .setClosedToo(closed)
            .setPageSize(PAGE_SIZE)
            .setRead(freshness.options());
    try (HoldfastClient client = connection.stores();
        RowWriter<TransferRow> writer = output.writer(TransferRow.COLUMNS)) {
      Pages.forEach(
          token -> client.transfers().list(request.setPageToken(token).build()),
          ListTransfersResponse::getNextPageToken,
          page ->
              page.getTransfersList().stream()
                  .flatMap(transfer -> TransferRow.of(transfer).stream())
                  .forEach(writer::write));
    }
  }
}
