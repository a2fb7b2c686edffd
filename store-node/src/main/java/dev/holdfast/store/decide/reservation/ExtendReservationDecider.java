package dev.holdfast.store.decide.reservation;

import dev.holdfast.common.domain.Command.ExtendReservation;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.Reservation.Life;
import dev.holdfast.common.domain.Reservation.Open;
import dev.holdfast.common.domain.ReservationEvent;
import dev.holdfast.common.domain.ReservationStep;
import dev.holdfast.store.decide.check.Rejections;
import dev.holdfast.store.decide.state.DecisionState;
import dev.holdfast.store.decide.state.Moment;

/** Lets a reservation expire later, within its life; never sooner than it would have. */
public final class ExtendReservationDecider {
  private ExtendReservationDecider() {}

  public static Event decide(ExtendReservation command, DecisionState state, Moment moment) {
    Reservation found = state.reservation(command.reservation());
    Open open = ReservationChecks.openAt(found, moment);
    if (open == null) {
      return Rejections.ofReservation(command, ReservationChecks.whyNotOpen(found));
    }
    Rejection conflict = ReservationChecks.checkVersion(command.expectedVersion(), open);
    if (conflict != null) {
      return Rejections.ofReservation(command, conflict);
    }
    Life life = open.life();
    long asked = moment.timeMillis() + command.ttlMillis();
    if (asked > life.endsMillis()) {
      return Rejections.ofReservation(command, new Rejection.LifetimeLimit(life.endsMillis()));
    }
    Open extended = open.expiringAt(Math.max(life.expiresMillis(), asked));
    return new ReservationEvent.ReservationExtended(
        command.reservation(), new ReservationStep(life.expiresMillis(), extended));
  }
}
