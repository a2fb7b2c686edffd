package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Command.ExtendReservation;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.Reservation.Life;
import dev.holdfast.common.domain.Reservation.Open;
import dev.holdfast.common.domain.ReservationEvent;
import dev.holdfast.common.domain.ReservationStep;

/** Lets a reservation expire later, within its life; never sooner than it would have. */
final class ExtendReservationDecider {
  private ExtendReservationDecider() {}

  static Event decide(ExtendReservation command, DecisionState state, Moment moment) {
    Reservation found = state.reservation(command.reservation());
    Open open = Reservations.openAt(found, moment);
    if (open == null) {
      return Rejections.ofReservation(command, Reservations.whyNotOpen(found));
    }
    Rejection conflict = Reservations.checkVersion(command.expectedVersion(), open);
    if (conflict != null) {
      return Rejections.ofReservation(command, conflict);
    }
    Life life = open.life();
    long asked = moment.timeMillis() + command.ttlMillis();
    if (asked > life.endsMillis()) {
      return Rejections.ofReservation(command, Rejection.lifetimeLimit(life.endsMillis()));
    }
    Open extended = open.expiringAt(Math.max(life.expiresMillis(), asked));
    return new ReservationEvent.ReservationExtended(
        command.reservation(), new ReservationStep(life.expiresMillis(), extended));
  }
}
