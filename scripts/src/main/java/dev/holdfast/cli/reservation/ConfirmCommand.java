package dev.holdfast.cli.reservation;

import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.ConfirmReservationResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast confirm}. */
@Command(
    name = "confirm",
    description = "Sells a reservation: its units leave the store.",
    footer = {
      "",
      "Examples:",
      "  holdfast confirm Oslo order-17",
      "  holdfast confirm Oslo order-17 --line TEA-1=1 --keep-rest",
    })
public final class ConfirmCommand extends ReservationChangeCommand {
  @Option(
      names = "--line",
      paramLabel = "SKU=UNITS",
      description = "units to sell; may be repeated (default: all units)")
  private List<String> lines = List.of();

  @Option(
      names = "--keep-rest",
      description = "keep unsold units reserved; otherwise they are released")
  private boolean keepRest;

  @Override
  public void run() {
    ConfirmReservationRequest request =
        ConfirmReservationRequest.newBuilder()
            .setStore(reservation.store())
            .setReservationId(reservation.id())
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .addAllFencingTokens(fencing.tokens())
            .addAllLines(quantities(lines))
            .setKeepRest(keepRest)
            .build();
    ConfirmReservationResponse done = ask(client -> client.confirmReservation(request));
    print(done.getEarlier(), done.getStockList(), done.getPosition());
  }
}
