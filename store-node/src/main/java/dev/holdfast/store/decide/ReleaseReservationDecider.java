package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Command.ReleaseReservation;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.StockLevel;

/** Gives the stock of a pending reservation back. */
final class ReleaseReservationDecider {
  private ReleaseReservationDecider() {}

  static Event decide(ReleaseReservation command, DecisionState state) {
    Reservation reservation = state.reservation(command.reservation());
    if (reservation == null) {
      return Rejections.ofReservation(
          command, command.reservation(), Rejection.of(RejectionCode.RESERVATION_NOT_FOUND, ""));
    }
    return new Event.ReservationReleased(
        command.reservation(),
        ClosedLines.of(command.store(), reservation, state, StockLevel::released));
  }
}
