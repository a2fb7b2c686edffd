package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Command.ConfirmReservation;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.StockLevel;

/** Turns a pending reservation into a sale. */
final class ConfirmReservationDecider {
  private ConfirmReservationDecider() {}

  static Event decide(ConfirmReservation command, DecisionState state) {
    Reservation reservation = state.reservation(command.reservation());
    if (reservation == null) {
      return Rejections.ofReservation(
          command, command.reservation(), Rejection.of(RejectionCode.RESERVATION_NOT_FOUND, ""));
    }
    return new Event.ReservationConfirmed(
        command.reservation(),
        ClosedLines.of(command.store(), reservation, state, StockLevel::confirmed));
  }
}
