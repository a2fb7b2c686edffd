package dev.holdfast.store.api.reservation;

import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.store.api.call.ReservationStates;

/** Reservations to answers. */
final class ReservationAnswers {
  private ReservationAnswers() {}

  static dev.holdfast.proto.inventory.v1.Reservation of(
      ReservationKey key, Reservation reservation) {
    var proto =
        dev.holdfast.proto.inventory.v1.Reservation.newBuilder()
            .setStore(key.store())
            .setReservationId(key.reservationId())
            .setState(ReservationStates.of(reservation.state()));
    if (reservation instanceof Reservation.Open open) {
      proto
          .setVersion(open.version())
          .setCreatedMillis(open.purpose().createdMillis())
          .setPrincipal(open.purpose().principal())
          .setHolder(open.purpose().holder())
          .setReference(open.purpose().reference())
          .setExpiresMillis(open.life().expiresMillis())
          .setLifeEndsMillis(open.life().endsMillis());
      open.lines()
          .forEach(line -> proto.addLinesBuilder().setSku(line.sku()).setQuantity(line.quantity()));
    }
    return proto.build();
  }
}
