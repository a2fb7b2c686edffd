package dev.holdfast.aggregator.testing;

import dev.holdfast.common.domain.CreditedLine;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.ReservationEvent;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.TermsEvent;
import dev.holdfast.common.domain.TransferEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The levels that an event tells, by item in the order in which they come first: a second reading
 * that shares no code with the fold.
 */
public final class ToldLevels {
  private final Map<StockKey, StockLevel> levels = new LinkedHashMap<>();

  private ToldLevels() {}

  /** An order tells the level of an item once, after its last step. */
  public static Map<StockKey, StockLevel> of(Event event) {
    ToldLevels told = new ToldLevels();
    told.read(event);
    return told.levels;
  }

  private void read(Event event) {
    if (event instanceof Event.ItemCreated created) {
      levels.put(created.item(), created.after());
    } else if (event instanceof Event.StockAdjusted adjusted) {
      levels.put(adjusted.item(), adjusted.after());
    } else if (event instanceof Event.StockCounted counted) {
      levels.put(counted.item(), counted.after());
    } else if (event instanceof Event.OrderExecuted order) {
      order.steps().forEach(this::read);
    } else if (event instanceof TermsEvent.ItemTermsChanged changed) {
      levels.put(changed.item(), changed.after());
    } else if (event instanceof ReservationEvent reservation) {
      readAll(reservation.reservation().store(), lines(reservation));
    } else if (event instanceof TransferEvent transfer) {
      read(transfer);
    }
  }

  private static List<LineChange> lines(ReservationEvent event) {
    if (event instanceof ReservationEvent.StockReserved reserved) {
      return reserved.lines();
    } else if (event instanceof ReservationEvent.ReservationConfirmed confirmed) {
      return confirmed.lines();
    } else if (event instanceof ReservationEvent.ReservationReleased released) {
      return released.lines();
    } else if (event instanceof ReservationEvent.ReservationReplaced replaced) {
      return replaced.lines();
    } else if (event instanceof ReservationEvent.ReservationExpired expired) {
      return expired.lines();
    }
    return List.of();
  }

  private void read(TransferEvent event) {
    String source = event.transfer().store();
    if (event instanceof TransferEvent.TransferShipped shipped) {
      readAll(source, shipped.lines());
    } else if (event instanceof TransferEvent.TransferHandedOver handedOver) {
      readAll(source, handedOver.lost());
    } else if (event instanceof TransferEvent.TransferCancelled cancelled) {
      readCredited(source, cancelled.lines());
    } else if (event instanceof TransferEvent.TransferCredited credited) {
      readCredited(credited.destination(), credited.lines());
    }
  }

  private void readAll(String store, List<LineChange> lines) {
    lines.forEach(line -> levels.put(new StockKey(store, line.sku()), line.after()));
  }

  private void readCredited(String store, List<CreditedLine> lines) {
    lines.forEach(line -> levels.put(new StockKey(store, line.sku()), line.after()));
  }
}
