package dev.holdfast.cli.reservation;

import dev.holdfast.cli.Pages;
import dev.holdfast.cli.ReadFreshness;
import dev.holdfast.cli.RemoteCommand;
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
    description = "Lists the open reservations of a store, or only reservations of one SKU.",
    footer = {
      "",
      "Examples:",
      "  holdfast reservation list Oslo -o csv",
      "  holdfast reservation list Oslo --sku TEA-1",
    })
final class ReservationListCommand extends RemoteCommand implements Runnable {
  @Parameters(index = "0", paramLabel = "STORE", description = "the store")
  private String store = "";

  @Option(names = "--sku", paramLabel = "SKU", description = "only reservations that hold this SKU")
  private String sku = "";

  @Mixin private final ReadFreshness freshness = new ReadFreshness();

  @Override
  public void run() {
    ListReservationsRequest.Builder request =
        ListReservationsRequest.newBuilder()
            .setStore(store)
            .setSku(sku)
            .setRead(freshness.options());
    try (HoldfastClient client = connection.stores();
        RowWriter<Reservation> writer = output.writer(ReservationColumns.ALL)) {
      Pages.forEach(
          token -> client.listReservations(request.setPageToken(token).build()),
          ListReservationsResponse::getNextPageToken,
          page -> page.getReservationsList().forEach(writer::write));
    }
  }
}
