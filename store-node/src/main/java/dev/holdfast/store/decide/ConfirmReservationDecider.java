package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Command.ConfirmReservation;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.StockKey;
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
    for (HeldLine line : reservation.lines()) {
      StockLevel level = state.stock(new StockKey(command.store(), line.sku()));
      if (level != null && level.isFrozen()) {
        return Rejections.ofReservation(
            command, command.reservation(), Rejection.of(RejectionCode.ITEM_FROZEN, line.sku()));
      }
    }
    return new Event.ReservationConfirmed(
        command.reservation(),
        ClosedLines.of(command.store(), reservation, state, StockLevel::confirmed));
  }
}
