package dev.holdfast.cli.transfer;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.ReadFreshness;
import dev.holdfast.cli.Session;
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
    mixinStandardHelpOptions = true,
    description = "Lists transfers in transit, by store and id, one row per SKU.",
    footer = {
      "",
      "Examples:",
      "  holdfast transfer list",
      "  holdfast transfer list --from Oslo --to Bergen --closed -o csv",
    })
final class TransferListCommand implements Runnable {
  private static final int PAGE_SIZE = 1_000;

  private final Session session;

  @Option(names = "--from", paramLabel = "STORE", description = "only transfers from this store")
  private String store = "";

  @Option(names = "--to", paramLabel = "STORE", description = "only transfers to this store")
  private String destination = "";

  @Option(names = "--closed", description = "also closed transfers")
  private boolean closed;

  @Mixin private final ReadFreshness freshness = new ReadFreshness();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  TransferListCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (HoldfastClient client = connection.stores();
        RowWriter<TransferRow> writer = output.writer(TransferRow.COLUMNS, session)) {
      String token = "";
      do {
        ListTransfersResponse page = Await.answer(client.transfers().list(request(token)));
        page.getTransfersList()
            .forEach(transfer -> TransferRow.of(transfer).forEach(writer::write));
        token = page.getNextPageToken();
      } while (!token.isEmpty());
    }
  }

  private ListTransfersRequest request(String token) {
    return ListTransfersRequest.newBuilder()
        .setStore(store)
        .setDestination(destination)
        .setClosedToo(closed)
        .setPageSize(PAGE_SIZE)
        .setPageToken(token)
        .setRead(freshness.options())
        .build();
  }
}
