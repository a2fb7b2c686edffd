package dev.holdfast.cli.reservation;

import dev.holdfast.cli.ContractWords;
import dev.holdfast.cli.output.Column;
import dev.holdfast.cli.output.Moments;
import dev.holdfast.proto.inventory.v1.Reservation;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns of a reservation. Scripts rely on these names and their order. */
final class ReservationColumns {
  static final List<Column<Reservation>> ALL =
      List.of(
          new Column<>("store", Reservation::getStore),
          new Column<>("reservation_id", Reservation::getReservationId),
          new Column<>("state", held -> ContractWords.word(held.getState())),
          new Column<>("lines", ReservationColumns::lines),
          new Column<>("holder", Reservation::getHolder),
          new Column<>("reference", Reservation::getReference),
          new Column<>("created", held -> Moments.text(held.getCreatedMillis())),
          new Column<>("expires", held -> Moments.text(held.getExpiresMillis())),
          new Column<>("life_ends", held -> Moments.text(held.getLifeEndsMillis())),
          new Column<>("version", ReservationColumns::version));

  private ReservationColumns() {}

  private static String lines(Reservation reservation) {
    return reservation.getLinesList().stream()
        .map(line -> line.getSku() + "=" + line.getQuantity())
        .collect(Collectors.joining(" "));
  }

  /** Returns null for a closed reservation, which has no version. */
  private static @Nullable Object version(Reservation reservation) {
    return reservation.getVersion() == 0 ? null : reservation.getVersion();
  }
}
