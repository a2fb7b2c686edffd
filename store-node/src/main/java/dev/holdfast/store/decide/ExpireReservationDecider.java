package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Command.ExpireReservation;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.Reservation.Open;
import dev.holdfast.common.domain.ReservationEvent;
import dev.holdfast.common.domain.ReservationStep;
import java.util.List;

/** Closes a reservation whose time is over, never before that. */
final class ExpireReservationDecider {
  private ExpireReservationDecider() {}

  static Event decide(ExpireReservation command, DecisionState state, Moment moment) {
    Reservation found = state.reservation(command.reservation());
    if (!(found instanceof Open open)) {
      return Rejections.ofReservation(command, Reservations.whyNotOpen(found));
    }
    if (!open.life().isOverAt(moment.timeMillis())) {
      return Rejections.ofReservation(
          command, Rejection.ofState(RejectionCode.RESERVATION_EXISTS, open.state()));
    }
    HeldLevels held = new HeldLevels(command.store(), open, List.of(), state);
    return new ReservationEvent.ReservationExpired(
        command.reservation(),
        ReleaseReservationDecider.givenBack(open, held),
        new ReservationStep(open.life().expiresMillis(), null));
  }
}
