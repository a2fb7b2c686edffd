package dev.holdfast.common.domain;

import dev.holdfast.common.domain.Reservation.Closed;
import dev.holdfast.common.domain.Reservation.Open;
import dev.holdfast.common.domain.Reservation.State;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Folds the events of reservations: their records, indexes and items. */
final class ReservationFold {
  private ReservationFold() {}

  static void make(
      ReservationEvent.StockReserved event,
      RecordedEvent recorded,
      long timeMillis,
      StateChanges changes) {
    ReservationKey key = event.reservation();
    Open open = open(event, recorded, timeMillis);
    putLines(key, event.lines(), ReservationFold::beforeHeld, changes);
    changes.putReservation(key, open);
    changes.putExpiry(open.life().expiresMillis(), key);
    for (LineChange line : event.lines()) {
      StockKey item = new StockKey(key.store(), line.sku());
      changes.putHold(item, key.reservationId(), line.quantity());
    }
  }

  private static Open open(
      ReservationEvent.StockReserved event, RecordedEvent recorded, long timeMillis) {
    List<HeldLine> held =
        event.lines().stream().map(line -> new HeldLine(line.sku(), line.quantity())).toList();
    Reservation.Purpose purpose =
        new Reservation.Purpose(
            timeMillis, recorded.origin().principal(), recorded.reference(), event.givenHolder());
    return new Open(Open.FIRST_VERSION, held, purpose, event.life());
  }

  /** Units that were held are sold, and others given back. */
  static void confirm(
      ReservationKey key, List<LineChange> lines, ReservationStep step, StateChanges changes) {
    putLines(key, lines, ReservationFold::beforeConfirmed, changes);
    step(key, lines, step, State.CONFIRMED, changes);
  }

  /** Units that were held are free again. */
  static void giveBack(
      ReservationKey key,
      List<LineChange> lines,
      ReservationStep step,
      State closed,
      StateChanges changes) {
    putLines(key, lines, ReservationFold::beforeReleased, changes);
    step(key, lines, step, closed, changes);
  }

  /** The reservation stays open, with other lines or for longer. */
  static void change(
      ReservationKey key, List<LineChange> lines, ReservationStep step, StateChanges changes) {
    putLines(key, lines, ReservationFold::beforeHeld, changes);
    step(key, lines, step, State.OPEN, changes);
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
