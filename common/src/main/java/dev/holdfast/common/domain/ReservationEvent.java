package dev.holdfast.common.domain;

import java.util.List;

/** An event about a reservation. */
public sealed interface ReservationEvent extends Event {
  ReservationKey reservation();

  @Override
  default EventFacts facts() {
    return new EventFacts(kind(), reservation().store(), "", reservation().reservationId(), "");
  }

  /**
   * A reservation is open and holds its lines.
   *
   * @param givenHolder empty for the caller
   * @param shortfalls lines that got less than they asked for
   */
  record StockReserved(
      ReservationKey reservation,
      List<LineChange> lines,
      Reservation.Life life,
      String givenHolder,
      List<Shortfall> shortfalls)
      implements ReservationEvent {
    @Override
    public int lineCount() {
      return lines.size() + shortfalls.size();
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      ReservationFold.make(this, recorded, timeMillis, changes);
    }
  }

  /** Held units were sold; the rest was given back or is kept. */
  record ReservationConfirmed(
      ReservationKey reservation, List<LineChange> lines, ReservationStep step)
      implements ReservationEvent {
    @Override
    public int lineCount() {
      return lines.size() + step.lineCount();
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      ReservationFold.confirm(reservation, lines, step, changes);
    }
  }

  /** Held units were given back. */
  record ReservationReleased(
      ReservationKey reservation, List<LineChange> lines, ReservationStep step)
      implements ReservationEvent {
    @Override
    public int lineCount() {
      return lines.size() + step.lineCount();
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      ReservationFold.giveBack(reservation, lines, step, Reservation.State.RELEASED, changes);
    }
  }

  /** A reservation lasts longer. */
  record ReservationExtended(ReservationKey reservation, ReservationStep step)
      implements ReservationEvent {
    @Override
    public int lineCount() {
      return step.lineCount();
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      ReservationFold.change(reservation, List.of(), step, changes);
    }
  }

  /** A reservation holds other lines; those of which it holds as much as before are not listed. */
  record ReservationReplaced(
      ReservationKey reservation,
      List<LineChange> lines,
      ReservationStep step,
      List<Shortfall> shortfalls)
      implements ReservationEvent {
    @Override
    public int lineCount() {
      return lines.size() + step.lineCount() + shortfalls.size();
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      ReservationFold.change(reservation, lines, step, changes);
    }
  }

  /** The time of a reservation was over; all that it held was given back. */
  record ReservationExpired(
      ReservationKey reservation, List<LineChange> lines, ReservationStep step)
      implements ReservationEvent {
    @Override
    public int lineCount() {
      return lines.size();
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      ReservationFold.giveBack(reservation, lines, step, Reservation.State.EXPIRED, changes);
    }
  }
}
