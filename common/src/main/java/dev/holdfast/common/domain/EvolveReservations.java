package dev.holdfast.common.domain;

import dev.holdfast.common.domain.Reservation.Closed;
import dev.holdfast.common.domain.Reservation.Open;
import dev.holdfast.common.domain.Reservation.State;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The part of the fold that is about reservations: their records, indexes and items. */
final class EvolveReservations {
  private EvolveReservations() {}

  /** Whether the event was about a reservation. */
  static boolean apply(RecordedEvent recorded, long timeMillis, StateChanges changes) {
    Event event = recorded.event();
    if (event instanceof Event.StockReserved e) {
      make(e, open(recorded, e, timeMillis), changes);
    } else if (event instanceof Event.ReservationConfirmed e) {
      putLines(e.reservation(), e.lines(), EvolveReservations::beforeConfirmed, changes);
      step(e.reservation(), e.lines(), e.step(), State.CONFIRMED, changes);
    } else if (event instanceof Event.ReservationReleased e) {
      putLines(e.reservation(), e.lines(), EvolveReservations::beforeReleased, changes);
      step(e.reservation(), e.lines(), e.step(), State.RELEASED, changes);
    } else if (event instanceof Event.ReservationExpired e) {
      putLines(e.reservation(), e.lines(), EvolveReservations::beforeReleased, changes);
      step(e.reservation(), e.lines(), e.step(), State.EXPIRED, changes);
    } else if (event instanceof Event.ReservationExtended e) {
      step(e.reservation(), List.of(), e.step(), State.OPEN, changes);
    } else if (event instanceof Event.ReservationReplaced e) {
      putLines(e.reservation(), e.lines(), EvolveReservations::beforeHeld, changes);
      step(e.reservation(), e.lines(), e.step(), State.OPEN, changes);
    } else {
      return false;
    }
    return true;
  }

  private static void make(Event.StockReserved event, Open open, StateChanges changes) {
    ReservationKey key = event.reservation();
    putLines(key, event.lines(), EvolveReservations::beforeHeld, changes);
    changes.putReservation(key, open);
    changes.putExpiry(open.life().expiresMillis(), key);
    for (LineChange line : event.lines()) {
      StockKey item = new StockKey(key.store(), line.sku());
      changes.putHold(item, key.reservationId(), line.quantity());
    }
  }

  private static Open open(RecordedEvent recorded, Event.StockReserved event, long timeMillis) {
    List<HeldLine> held =
        event.lines().stream().map(line -> new HeldLine(line.sku(), line.quantity())).toList();
    Reservation.Purpose purpose =
        new Reservation.Purpose(
            timeMillis, recorded.origin().principal(), recorded.reference(), event.givenHolder());
    return new Open(Open.FIRST_VERSION, held, purpose, event.life());
  }

  private static void putLines(
      ReservationKey key,
      List<LineChange> lines,
      Function<LineChange, StockLevel> before,
      StateChanges changes) {
    for (LineChange line : lines) {
      changes.putStock(new StockKey(key.store(), line.sku()), before.apply(line), line.after());
    }
  }

  /** The record and both indexes of a reservation that was open before. */
  private static void step(
      ReservationKey key,
      List<LineChange> lines,
      ReservationStep step,
      State closed,
      StateChanges changes) {
    Open open = step.open();
    changes.putReservation(key, open == null ? new Closed(closed) : open);
    long expires = open == null ? 0 : open.life().expiresMillis();
    if (expires != step.expiresMillisBefore()) {
      changes.removeExpiry(step.expiresMillisBefore(), key);
      if (open != null) {
        changes.putExpiry(expires, key);
      }
    }
    for (LineChange line : lines) {
      putHold(key, line.sku(), open, changes);
    }
  }

  private static void putHold(
      ReservationKey key, String sku, @Nullable Open open, StateChanges changes) {
    StockKey item = new StockKey(key.store(), sku);
    long held = open == null ? 0 : open.held(sku);
    if (held > 0) {
      changes.putHold(item, key.reservationId(), held);
    } else {
      changes.removeHold(item, key.reservationId());
    }
  }

  private static StockLevel beforeHeld(LineChange line) {
    return line.after().unchanged(0, line.quantity(), 0);
  }

  private static StockLevel beforeConfirmed(LineChange line) {
    long sold = line.quantity();
    return line.after().unchanged(-sold, -sold - line.released(), 0);
  }

  private static StockLevel beforeReleased(LineChange line) {
    return line.after().unchanged(0, -line.quantity(), 0);
  }
}
