package dev.holdfast.cli.reservation;

import dev.holdfast.cli.ReadFreshness;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.proto.inventory.v1.GetReservationRequest;
import dev.holdfast.proto.inventory.v1.GetReservationResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast reservation get}. */
@Command(
    name = "get",
    description = "Reads one reservation; for a closed one, how it was closed.",
    footer = {"", "Example:", "  holdfast reservation get Oslo order-17 -o json"})
final class ReservationGetCommand extends RemoteCommand implements Runnable {
  @Mixin private final ReservationArguments reservation = new ReservationArguments();

  @Mixin private final ReadFreshness freshness = new ReadFreshness();

  @Override
  public void run() {
    GetReservationRequest request =
        GetReservationRequest.newBuilder()
            .setStore(reservation.store())
            .setReservationId(reservation.id())
            .setRead(freshness.options())
            .build();
    GetReservationResponse found = ask(client -> client.getReservation(request));
    output.print(ReservationColumns.ALL, List.of(found.getReservation()));
  }
}
