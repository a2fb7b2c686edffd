package dev.holdfast.store.decide.reservation;

import dev.holdfast.common.domain.Command.HoldTerms;
import dev.holdfast.common.domain.Command.ReserveStock;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationEvent;
import dev.holdfast.store.decide.check.Rejections;
import dev.holdfast.store.decide.state.DecisionState;
import dev.holdfast.store.decide.state.Moment;
import java.util.ArrayList;
import java.util.List;

/** Holds all lines or none, or up to what there is; and until when. */
public final class ReserveStockDecider {
  private ReserveStockDecider() {}

  public static Event decide(ReserveStock command, DecisionState state, Moment moment) {
    Reservation found = state.reservation(command.reservation());
    if (found != null) {
      return Rejections.ofReservation(
          command,
          new Rejection.ReservationIs(
              RejectionCode.RESERVATION_EXISTS, ReservationChecks.stateAt(found, moment)));
    }
    WantedLines wanted =
        new WantedLines(command.store(), command.lines(), command.mode(), sku -> 0, state);
    Rejection rejection = wanted.reject(null);
    if (rejection != null) {
      return Rejections.ofReservation(command, rejection);
    }
    return new ReservationEvent.StockReserved(
        command.reservation(),
        hold(wanted),
        life(command.terms(), moment),
        command.terms().holder(),
        wanted.shortfalls());
  }

  private static List<LineChange> hold(WantedLines wanted) {
    List<LineChange> changes = new ArrayList<>(wanted.size());
    for (int i = 0; i < wanted.size(); i++) {
      long granted = wanted.granted(i);
      if (granted > 0) {
        changes.add(new LineChange(wanted.sku(i), granted, wanted.level(i).held(granted)));
      }
    }
    return changes;
  }

  private static Reservation.Life life(HoldTerms terms, Moment moment) {
    long now = moment.timeMillis();
    return new Reservation.Life(now + terms.ttlMillis(), now + terms.lifeMillisMax());
  }
}
