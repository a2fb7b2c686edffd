package dev.holdfast.store.testing;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.LeaseEvent;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.ReservationEvent;
import dev.holdfast.common.domain.ReservationStep;
import dev.holdfast.common.domain.Shortfall;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.TermsEvent;
import dev.holdfast.common.domain.TransferEvent;
import java.util.List;
import java.util.stream.Collectors;

/** Events in the words of the {@link Auditor}. */
public final class AnswerText {
  private AnswerText() {}

  public static String of(Event event) {
    if (event instanceof Event.ItemCreated e) {
      return "ok" + level(e.item().sku(), e.after());
    }
    if (event instanceof Event.StockAdjusted e) {
      String shortfall = e.shortfall() == 0 ? "" : " short " + e.shortfall();
      return "ok" + level(e.item().sku(), e.after()) + shortfall;
    }
    if (event instanceof ReservationEvent.StockReserved e) {
      return lines(e.lines()) + shortfalls(e.shortfalls());
    }
    if (event instanceof ReservationEvent.ReservationConfirmed e) {
      return lines(e.lines()) + version(e.step());
    }
    if (event instanceof ReservationEvent.ReservationReleased e) {
      return lines(e.lines()) + version(e.step());
    }
    if (event instanceof ReservationEvent.ReservationExtended e) {
      return "ok" + version(e.step());
    }
    if (event instanceof ReservationEvent.ReservationReplaced e) {
      return lines(e.lines()) + shortfalls(e.shortfalls()) + version(e.step());
    }
    if (event instanceof ReservationEvent.ReservationExpired e) {
      return lines(e.lines());
    }
    if (event instanceof TransferEvent e) {
      return TransferText.of(e);
    }
    if (event instanceof Event.CommandRejected e) {
      String step = e.operation() == 0 ? "" : "step " + e.operation() + " ";
      return step + rejected(e.rejection(), e.reservationId());
    }
    if (event instanceof Event.OrderExecuted e) {
      return e.steps().stream().map(AnswerText::of).collect(Collectors.joining("; "));
    }
    if (event instanceof TermsEvent.ItemTermsChanged e) {
      return "ok" + level(e.item().sku(), e.after());
    }
    if (event instanceof Event.StockCounted e) {
      return "ok" + level(e.item().sku(), e.after()) + " by " + e.difference();
    }
    if (event instanceof TermsEvent.StoreTermsChanged e) {
      return e.frozen() ? "ok frozen" : "ok open";
    }
    if (event instanceof LeaseEvent.LeaseGranted e) {
      return "granted " + e.lease().holder() + " until " + e.lease().expiresMillis();
    }
    if (event instanceof LeaseEvent.LeaseRenewed e) {
      return "kept " + e.lease().holder() + " until " + e.lease().expiresMillis();
    }
    if (event instanceof LeaseEvent.LeaseReleased) {
      return "released";
    }
    throw new AssertionError("no answer is " + event);
  }

  static String lines(List<LineChange> lines) {
    StringBuilder text = new StringBuilder("ok");
    lines.forEach(line -> text.append(level(line.sku(), line.after())));
    return text.toString();
  }

  private static String shortfalls(List<Shortfall> shortfalls) {
    StringBuilder text = new StringBuilder();
    for (Shortfall line : shortfalls) {
      text.append(" short " + line.sku() + " " + line.granted() + "/" + line.requested());
    }
    return text.toString();
  }

  /** Nothing of a reservation that is closed. */
  private static String version(ReservationStep step) {
    return step.open() == null ? "" : " v" + step.open().version();
  }

  /** Terms are told where they are not what most items have. */
  static String level(String sku, StockLevel level) {
    String numbers = level.onHand() + "/" + level.reserved() + "/" + level.version();
    String safety = level.safetyStock() == 0 ? "" : "/safe" + level.safetyStock();
    String state = level.state() == StockLevel.State.ACTIVE ? "" : "/" + level.state();
    return " " + sku + "=" + numbers + safety + state;
  }

  private static String rejected(Rejection rejection, String id) {
    String ofItem = rejection.code() + " " + rejection.sku();
    String ofId = rejection.code() + " " + id;
    return switch (rejection.code()) {
      case STORE_FROZEN -> "STORE_FROZEN";
      case STALE_TOKEN -> "STALE_TOKEN";
      case NOT_EMPTY, COUNT_BELOW_RESERVED -> {
        var r = (Rejection.StockInTheWay) rejection;
        yield ofItem + " " + r.onHand() + "/" + r.reserved();
      }
      case ORDER_TOO_LARGE ->
          "ORDER_TOO_LARGE " + ((Rejection.OrderTooLarge) rejection).changesMax();
      case ITEM_FROZEN, COUNT_OVERTAKEN, LOCKED, TOO_MANY_LEASES, ITEM_NOT_FOUND, ITEM_EXISTS ->
          ofItem;
      case RESERVATION_NOT_FOUND,
          RESERVATION_EXPIRED,
          NOT_DUE,
          TRANSFER_NOT_FOUND,
          TRANSFER_EXISTS,
          TRANSFER_CLOSED,
          DESTINATION_NOT_FOUND,
          HANDOVER_OUT_OF_ORDER ->
          ofId;
      case RESERVATION_EXISTS, RESERVATION_CLOSED ->
          ofId + " " + ((Rejection.ReservationIs) rejection).state();
      case LIFETIME_LIMIT -> ofId + " " + ((Rejection.LifetimeLimit) rejection).lifeEndsMillis();
      case VERSION_CONFLICT -> {
        var r = (Rejection.VersionConflict) rejection;
        yield (r.sku().isEmpty() ? ofId : ofItem) + " " + r.expected() + " is " + r.actual();
      }
      case INSUFFICIENT_STOCK -> {
        var r = (Rejection.InsufficientStock) rejection;
        String sum = " of %d held %d safe %d".formatted(r.onHand(), r.held(), r.safetyStock());
        yield ofItem + " " + r.requested() + " of " + r.available() + sum;
      }
      case NOT_HELD -> {
        var r = (Rejection.NotHeld) rejection;
        yield ofItem + " " + r.requested() + " of " + r.held();
      }
      case QUANTITY_LIMIT -> {
        var r = (Rejection.QuantityLimit) rejection;
        yield ofItem + " " + r.requested() + " of " + r.available();
      }
      case NOT_OUTSTANDING -> {
        var r = (Rejection.NotOutstanding) rejection;
        yield ofItem + " " + r.requested() + " of " + r.outstanding();
      }
    };
  }
}
