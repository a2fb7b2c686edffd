package dev.holdfast.cli.reservation;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.ReadFreshness;
import dev.holdfast.cli.Session;
import dev.holdfast.cli.output.RowWriter;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.ListReservationsRequest;
import dev.holdfast.proto.inventory.v1.ListReservationsResponse;
import dev.holdfast.proto.inventory.v1.Reservation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast reservation list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the open reservations of a store, or only reservations of one SKU.",
    footer = {
      "",
      "Examples:",
      "  holdfast reservation list Oslo -o csv",
      "  holdfast reservation list Oslo --sku TEA-1",
    })
final class ReservationListCommand implements Runnable {
  private final Session session;

  @Parameters(index = "0", paramLabel = "STORE", description = "the store")
  private String store = "";

  @Option(names = "--sku", paramLabel = "SKU", description = "only reservations that hold this SKU")
  private String sku = "";

  @Mixin private final ReadFreshness freshness = new ReadFreshness();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  ReservationListCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    ListReservationsRequest.Builder request =
        ListReservationsRequest.newBuilder()
            .setStore(store)
            .setSku(sku)
            .setRead(freshness.options());
    try (HoldfastClient client = connection.stores();
        RowWriter<Reservation> writer = output.writer(ReservationColumns.ALL, session)) {
      String token;
      do {
        ListReservationsResponse page = Await.answer(client.listReservations(request.build()));
        page.getReservationsList().forEach(writer::write);
        token = page.getNextPageToken();
        request.setPageToken(token);
      } while (!token.isEmpty());
    }
  }
}
