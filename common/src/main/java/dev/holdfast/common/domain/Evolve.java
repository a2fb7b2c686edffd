package dev.holdfast.common.domain;

import java.util.List;
import java.util.function.Function;

/**
 * The fold: what an event does to the state. The same everywhere, and blind: it reads nothing: the
 * level before is in the event too.
 */
public final class Evolve {
  private Evolve() {}

  /** Folds one event, decided at a time, into the state. */
  public static void apply(RecordedEvent recorded, long timeMillis, StateChanges changes) {
    Event event = recorded.event();
    if (event instanceof Event.StockAdjusted adjusted) {
      changes.putStock(adjusted.item(), before(adjusted), adjusted.after());
    } else if (event instanceof Event.ItemCreated created) {
      changes.putStock(created.item(), created.before(), created.after());
    } else if (event instanceof Event.StockReserved reserved) {
      putLines(reserved.reservation().store(), reserved.lines(), Evolve::beforeHeld, changes);
      changes.putReservation(reserved.reservation(), pending(recorded, reserved, timeMillis));
    } else if (event instanceof Event.ReservationConfirmed confirmed) {
      putLines(
          confirmed.reservation().store(), confirmed.lines(), Evolve::beforeConfirmed, changes);
      changes.removeReservation(confirmed.reservation());
    } else if (event instanceof Event.ReservationReleased released) {
      putLines(released.reservation().store(), released.lines(), Evolve::beforeReleased, changes);
      changes.removeReservation(released.reservation());
    } else if (event instanceof Event.OrderExecuted order) {
      for (Event step : order.steps()) {
        apply(recorded.of(step), timeMillis, changes);
      }
    } else if (event instanceof TransferEvent transfer) {
      TransferFold.apply(transfer, changes);
    } else if (!TermsEvolve.apply(event, changes) && !changesNoStock(event)) {
      throw new IllegalStateException("no fold for " + event.getClass().getSimpleName());
    }
  }

  private static boolean changesNoStock(Event event) {
    return event instanceof Event.CommandRejected
        || event instanceof Event.ReceiptsEvicted
        || event instanceof Event.StateDigestRecorded;
  }

  private static void putLines(
      String store,
      List<LineChange> lines,
      Function<LineChange, StockLevel> before,
      StateChanges changes) {
    for (LineChange line : lines) {
      changes.putStock(new StockKey(store, line.sku()), before.apply(line), line.after());
    }
  }

  private static StockLevel before(Event.StockAdjusted adjusted) {
    return adjusted.after().unchanged(adjusted.delta(), 0, 0);
  }

  private static StockLevel beforeHeld(LineChange line) {
    return line.after().unchanged(0, line.quantity(), 0);
  }

  private static StockLevel beforeConfirmed(LineChange line) {
    return line.after().unchanged(-line.quantity(), -line.quantity(), 0);
  }

  private static StockLevel beforeReleased(LineChange line) {
    return line.after().unchanged(0, -line.quantity(), 0);
  }

  private static Reservation pending(
      RecordedEvent recorded, Event.StockReserved reserved, long timeMillis) {
    List<HeldLine> held =
        reserved.lines().stream().map(line -> new HeldLine(line.sku(), line.quantity())).toList();
    return new Reservation(held, timeMillis, recorded.origin().principal(), recorded.reference());
  }
}
