package dev.holdfast.store.decide.reservation;

import dev.holdfast.common.domain.Command.ReleaseReservation;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.Reservation.Open;
import dev.holdfast.common.domain.ReservationEvent;
import dev.holdfast.common.domain.ReservationStep;
import dev.holdfast.store.decide.check.Rejections;
import dev.holdfast.store.decide.state.DecisionState;
import dev.holdfast.store.decide.state.Moment;
import java.util.ArrayList;
import java.util.List;

/** Gives held stock back, wholly or in part. */
public final class ReleaseReservationDecider {
  private ReleaseReservationDecider() {}

  public static Event decide(ReleaseReservation command, DecisionState state, Moment moment) {
    Reservation found = state.reservation(command.reservation());
    Open open = ReservationChecks.openAt(found, moment);
    if (open == null) {
      return Rejections.ofReservation(command, ReservationChecks.whyNotOpen(found));
    }
    HeldLevels held = new HeldLevels(command.store(), open, command.lines(), state);
    Rejection rejection = ReservationChecks.checkVersion(command.expectedVersion(), open);
    if (rejection == null) {
      rejection = held.checkHeld();
    }
    return rejection == null
        ? release(command, open, held)
        : Rejections.ofReservation(command, rejection);
  }

  private static Event release(ReleaseReservation command, Open open, HeldLevels held) {
    List<HeldLine> kept = new ArrayList<>();
    for (HeldLine line : open.lines()) {
      long rest = line.quantity() - held.asked(line);
      if (rest > 0) {
        kept.add(new HeldLine(line.sku(), rest));
      }
    }
    ReservationStep step =
        new ReservationStep(open.life().expiresMillis(), kept.isEmpty() ? null : open.with(kept));
    return new ReservationEvent.ReservationReleased(
        command.reservation(), givenBack(open, held), step);
  }

  /** What giving back does to each item. */
  static List<LineChange> givenBack(Open open, HeldLevels held) {
    List<LineChange> changes = new ArrayList<>(open.lines().size());
    for (HeldLine line : open.lines()) {
      long units = held.asked(line);
      if (units > 0) {
        changes.add(new LineChange(line.sku(), units, held.level(line.sku()).released(units)));
      }
    }
    return changes;
  }
}
