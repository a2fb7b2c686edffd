package dev.holdfast.store.decide.reservation;

import dev.holdfast.common.domain.Command.ExpireReservation;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.Reservation.Open;
import dev.holdfast.common.domain.ReservationEvent;
import dev.holdfast.common.domain.ReservationStep;
import dev.holdfast.store.decide.check.Rejections;
import dev.holdfast.store.decide.state.DecisionState;
import dev.holdfast.store.decide.state.Moment;
import java.util.List;

/** Closes a reservation whose time is over, never before that. */
public final class ExpireReservationDecider {
  private ExpireReservationDecider() {}

  public static Event decide(ExpireReservation command, DecisionState state, Moment moment) {
    Reservation found = state.reservation(command.reservation());
    if (!(found instanceof Open open) || !open.life().isOverAt(moment.timeMillis())) {
      return Rejections.ofReservation(command, Rejection.of(RejectionCode.NOT_DUE));
    }
    HeldLevels held = new HeldLevels(command.store(), open, List.of(), state);
    return new ReservationEvent.ReservationExpired(
        command.reservation(),
        ReleaseReservationDecider.givenBack(open, held),
        new ReservationStep(open.life().expiresMillis(), null));
  }
}
