package dev.holdfast.store.commit;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.ReservationStep;
import dev.holdfast.common.domain.TransferEvent;

/** About how many bytes things take in a batch; strings count as their worst. */
final class EventSize {
  private static final int EVENT_BYTES = 160;
  private static final int LINE_BYTES = 100;

  private EventSize() {}

  static int of(RecordedEvent recorded) {
    return of(changes(recorded.event()), recorded.idempotencyKey(), recorded.reference());
  }

  static int of(int lines, String idempotencyKey, String reference) {
    return EVENT_BYTES + idempotencyKey.length() + 3 * reference.length() + lines * LINE_BYTES;
  }

  /** An order has the size of its steps. */
  private static int changes(Event event) {
    return event instanceof Event.OrderExecuted order
        ? order.steps().stream().mapToInt(EventSize::lines).sum()
        : lines(event);
  }

  private static int lines(Event event) {
    if (event instanceof Event.StockReserved e) {
      return e.lines().size() + e.shortfalls().size();
    }
    if (event instanceof Event.ReservationConfirmed e) {
      return e.lines().size() + lines(e.step());
    }
    if (event instanceof Event.ReservationReleased e) {
      return e.lines().size() + lines(e.step());
    }
    if (event instanceof Event.ReservationExpired e) {
      return e.lines().size();
    }
    if (event instanceof Event.ReservationExtended e) {
      return lines(e.step());
    }
    if (event instanceof Event.ReservationReplaced e) {
      return e.lines().size() + lines(e.step()) + e.shortfalls().size();
    }
    if (event instanceof TransferEvent.OfSource ofSource) {
      return 2 * ofSource.after().lines().size();
    }
    if (event instanceof TransferEvent.TransferCredited credited) {
      return credited.lines().size();
    }
    return 1;
  }

  /** The record of a reservation that stays open stands in the event. */
  private static int lines(ReservationStep step) {
    return step.open() == null ? 0 : step.open().lines().size();
  }
}
