package dev.holdfast.store.decide.reservation;

import dev.holdfast.common.domain.Command.ConfirmReservation;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.Reservation.Open;
import dev.holdfast.common.domain.ReservationEvent;
import dev.holdfast.common.domain.ReservationStep;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.decide.check.Rejections;
import dev.holdfast.store.decide.state.DecisionState;
import dev.holdfast.store.decide.state.Moment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what is held into a sale; the rest is given back in the same step, or kept. */
public final class ConfirmReservationDecider {
  private ConfirmReservationDecider() {}

  public static Event decide(ConfirmReservation command, DecisionState state, Moment moment) {
    Reservation found = state.reservation(command.reservation());
    Open open = ReservationChecks.openAt(found, moment);
    if (open == null) {
      return Rejections.ofReservation(command, ReservationChecks.whyNotOpen(found));
    }
    HeldLevels held = new HeldLevels(command.store(), open, command.lines(), state);
    Rejection rejection = reject(command, open, held);
    return rejection == null
        ? confirm(command, open, held)
        : Rejections.ofReservation(command, rejection);
  }

  private static @Nullable Rejection reject(
      ConfirmReservation command, Open open, HeldLevels held) {
    Rejection rejection = held.checkFrozen();
    if (rejection == null) {
      rejection = ReservationChecks.checkVersion(command.expectedVersion(), open);
    }
    return rejection == null ? held.checkHeld() : rejection;
  }

  private static Event confirm(ConfirmReservation command, Open open, HeldLevels held) {
    List<LineChange> changes = new ArrayList<>(open.lines().size());
    List<HeldLine> kept = new ArrayList<>();
    for (HeldLine line : open.lines()) {
      long sold = held.asked(line);
      long rest = line.quantity() - sold;
      long released = command.keepRest() ? 0 : rest;
      if (sold + released > 0) {
        StockLevel after = held.level(line.sku()).changed(-sold, -sold - released, 0);
        changes.add(new LineChange(line.sku(), sold, after, released));
      }
      if (rest > released) {
        kept.add(new HeldLine(line.sku(), rest));
      }
    }
    ReservationStep step =
        new ReservationStep(open.life().expiresMillis(), kept.isEmpty() ? null : open.with(kept));
    return new ReservationEvent.ReservationConfirmed(command.reservation(), changes, step);
  }
}
