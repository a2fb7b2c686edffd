package dev.holdfast.common.domain;

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
    } else if (event instanceof Event.OrderExecuted order) {
      for (Event step : order.steps()) {
        apply(recorded.of(step), timeMillis, changes);
      }
    } else if (event instanceof TransferEvent transfer) {
      TransferFold.apply(transfer, changes);
    } else if (!EvolveReservations.apply(recorded, timeMillis, changes)
        && !TermsEvolve.apply(event, changes)
        && !changesNoStock(event)) {
      throw new IllegalStateException("no fold for " + event.getClass().getSimpleName());
    }
  }

  private static boolean changesNoStock(Event event) {
    return event instanceof Event.CommandRejected
        || event instanceof Event.ReceiptsEvicted
        || event instanceof Event.StateDigestRecorded;
  }

  private static StockLevel before(Event.StockAdjusted adjusted) {
    return adjusted.after().unchanged(adjusted.delta(), 0, 0);
  }
}
