package dev.holdfast.store.testing;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.StockLevel;
import java.util.List;

/** Events in the words of the {@link Auditor}. */
public final class AnswerText {
  private AnswerText() {}

  public static String of(Event event) {
    if (event instanceof Event.ItemCreated e) {
      return "ok" + level(e.item().sku(), e.after());
    }
    if (event instanceof Event.StockAdjusted e) {
      return "ok" + level(e.item().sku(), e.after());
    }
    if (event instanceof Event.StockReserved e) {
      return lines(e.lines());
    }
    if (event instanceof Event.ReservationConfirmed e) {
      return lines(e.lines());
    }
    if (event instanceof Event.ReservationReleased e) {
      return lines(e.lines());
    }
    if (event instanceof Event.CommandRejected e) {
      return rejected(e.rejection(), e.reservationId());
    }
    throw new AssertionError("no answer is " + event);
  }

  private static String lines(List<LineChange> lines) {
    StringBuilder text = new StringBuilder("ok");
    lines.forEach(line -> text.append(level(line.sku(), line.after())));
    return text.toString();
  }

  private static String level(String sku, StockLevel level) {
    return " " + sku + "=" + level.onHand() + "/" + level.reserved() + "/" + level.version();
  }

  private static String rejected(Rejection r, String reservationId) {
    return switch (r.code()) {
      case ITEM_NOT_FOUND, ITEM_EXISTS -> r.code() + " " + r.sku();
      case RESERVATION_NOT_FOUND, RESERVATION_EXISTS -> r.code() + " " + reservationId;
      case VERSION_CONFLICT ->
          r.code() + " " + r.sku() + " " + r.expectedVersion() + " is " + r.actualVersion();
      case INSUFFICIENT_STOCK, QUANTITY_LIMIT ->
          r.code() + " " + r.sku() + " " + r.requested() + " of " + r.available();
    };
  }
}
