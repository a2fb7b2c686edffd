package dev.holdfast.cli.reservation;

import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.ReleaseReservationResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast release}. */
@Command(
    name = "release",
    description = "Releases the units of a reservation, wholly or in part.",
    footer = {
      "",
      "Examples:",
      "  holdfast release Oslo order-17",
      "  holdfast release Oslo order-17 --line TEA-1=1",
    })
public final class ReleaseCommand extends ReservationChangeCommand {
  @Option(
      names = "--line",
      paramLabel = "SKU=UNITS",
      description = "units to release; may be repeated (default: all units)")
  private List<String> lines = List.of();

  @Override
  public void run() {
    ReleaseReservationRequest request =
        ReleaseReservationRequest.newBuilder()
            .setStore(reservation.store())
            .setReservationId(reservation.id())
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .addAllFencingTokens(fencing.tokens())
            .addAllLines(quantities(lines))
            .build();
    ReleaseReservationResponse done = ask(client -> client.releaseReservation(request));
    print(done.getEarlier(), done.getStockList(), done.getPosition());
  }
}
