package dev.holdfast.cli.reservation;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.ReadFreshness;
import dev.holdfast.cli.Session;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.GetReservationRequest;
import dev.holdfast.proto.inventory.v1.GetReservationResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast reservation get}. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = "Reads one reservation; for a closed one, how it was closed.",
    footer = {"", "Example:", "  holdfast reservation get Oslo order-17 -o json"})
final class ReservationGetCommand implements Runnable {
  private final Session session;

  @Mixin private final ReservationArguments reservation = new ReservationArguments();

  @Mixin private final ReadFreshness freshness = new ReadFreshness();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  ReservationGetCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    GetReservationRequest request =
        GetReservationRequest.newBuilder()
            .setStore(reservation.store())
            .setReservationId(reservation.id())
            .setRead(freshness.options())
            .build();
    try (HoldfastClient client = connection.stores()) {
      GetReservationResponse found = Await.answer(client.getReservation(request));
      output.print(ReservationColumns.ALL, List.of(found.getReservation()), session);
    }
  }
}
