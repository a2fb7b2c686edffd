package dev.holdfast.common.domain;

import java.util.List;

/** The fold: what an event does to the state. The same everywhere, and blind: it reads nothing. */
public final class Evolve {
  private Evolve() {}

  /** Folds one event, decided at a time, into the state. */
  public static void apply(RecordedEvent recorded, long timeMillis, StateChanges changes) {
    Event event = recorded.event();
    if (event instanceof Event.StockAdjusted adjusted) {
      changes.putStock(adjusted.item(), adjusted.after());
    } else if (event instanceof Event.ItemCreated created) {
      changes.putStock(created.item(), created.after());
    } else if (event instanceof Event.StockReserved reserved) {
      putLines(reserved.reservation().store(), reserved.lines(), changes);
      changes.putReservation(reserved.reservation(), pending(recorded, reserved, timeMillis));
    } else if (event instanceof Event.ReservationConfirmed confirmed) {
      putLines(confirmed.reservation().store(), confirmed.lines(), changes);
      changes.removeReservation(confirmed.reservation());
    } else if (event instanceof Event.ReservationReleased released) {
      putLines(released.reservation().store(), released.lines(), changes);
      changes.removeReservation(released.reservation());
    } else if (!changesNoStock(event)) {
      throw new IllegalStateException("no fold for " + event.getClass().getSimpleName());
    }
  }

  private static boolean changesNoStock(Event event) {
    return event instanceof Event.CommandRejected || event instanceof Event.ReceiptsEvicted;
  }

  private static void putLines(String store, List<LineChange> lines, StateChanges changes) {
    for (LineChange line : lines) {
      changes.putStock(new StockKey(store, line.sku()), line.after());
    }
  }

  private static Reservation pending(
      RecordedEvent recorded, Event.StockReserved reserved, long timeMillis) {
    List<HeldLine> held =
        reserved.lines().stream().map(line -> new HeldLine(line.sku(), line.quantity())).toList();
    return new Reservation(held, timeMillis, recorded.origin().principal(), recorded.reference());
  }
}
