package dev.holdfast.common.domain;

/**
 * What is told of an event besides what it does to stock: the one place that knows the types for
 * this. What it does to stock, {@link Evolve} tells.
 *
 * @param store empty for an event of no store
 * @param sku the item that a refused command failed on, or that a lease is on, else empty
 * @param reservationId or the id of a transfer; empty when there is none
 * @param reason of an adjustment or a refusal, else empty
 */
public record EventFacts(
    EventKind kind, String store, String sku, String reservationId, String reason) {

  public static EventFacts of(Event event) {
    if (event instanceof Event.StockAdjusted e) {
      return new EventFacts(EventKind.STOCK_ADJUSTED, e.item().store(), "", "", e.reason().name());
    } else if (event instanceof Event.ItemCreated e) {
      return new EventFacts(EventKind.ITEM_CREATED, e.item().store(), "", "", "");
    } else if (event instanceof Event.StockReserved e) {
      return of(EventKind.STOCK_RESERVED, e.reservation());
    } else if (event instanceof Event.ReservationConfirmed e) {
      return of(EventKind.RESERVATION_CONFIRMED, e.reservation());
    } else if (event instanceof Event.ReservationReleased e) {
      return of(EventKind.RESERVATION_RELEASED, e.reservation());
    } else if (event instanceof TransferEvent e) {
      return of(e);
    } else if (event instanceof Event.ReservationExtended e) {
      return of(EventKind.RESERVATION_EXTENDED, e.reservation());
    } else if (event instanceof Event.ReservationReplaced e) {
      return of(EventKind.RESERVATION_REPLACED, e.reservation());
    } else if (event instanceof Event.ReservationExpired e) {
      return of(EventKind.RESERVATION_EXPIRED, e.reservation());
    } else if (event instanceof Event.CommandRejected e) {
      return of(e);
    } else if (event instanceof Event.ReceiptsEvicted) {
      return ofNoStore(EventKind.RECEIPTS_EVICTED);
    } else if (event instanceof Event.StateDigestRecorded) {
      return ofNoStore(EventKind.STATE_DIGEST_RECORDED);
    }
    return ofTerms(event);
  }

  private static EventFacts ofTerms(Event event) {
    if (event instanceof Event.ItemTermsChanged e) {
      return new EventFacts(EventKind.ITEM_TERMS_CHANGED, e.item().store(), "", "", "");
    } else if (event instanceof Event.StoreTermsChanged e) {
      return new EventFacts(EventKind.STORE_TERMS_CHANGED, e.store(), "", "", "");
    } else if (event instanceof Event.StockCounted e) {
      return new EventFacts(EventKind.STOCK_COUNTED, e.item().store(), "", "", "");
    } else if (event instanceof Event.OrderExecuted e) {
      return new EventFacts(EventKind.ORDER_EXECUTED, e.store(), "", "", "");
    } else if (event instanceof Event.LeaseGranted e) {
      return of(EventKind.LEASE_GRANTED, e.item());
    } else if (event instanceof Event.LeaseRenewed e) {
      return of(EventKind.LEASE_RENEWED, e.item());
    } else if (event instanceof Event.LeaseReleased e) {
      return of(EventKind.LEASE_RELEASED, e.item());
    }
    throw new IllegalStateException("no facts of " + event.getClass().getSimpleName());
  }

  private static EventFacts of(EventKind kind, ReservationKey reservation) {
    return new EventFacts(kind, reservation.store(), "", reservation.reservationId(), "");
  }

  private static EventFacts of(EventKind kind, StockKey item) {
    return new EventFacts(kind, item.store(), item.sku(), "", "");
  }

  private static EventFacts of(Event.CommandRejected event) {
    Rejection rejection = event.rejection();
    return new EventFacts(
        EventKind.COMMAND_REJECTED,
        event.store(),
        rejection.sku(),
        event.reservationId(),
        rejection.code().name());
  }

  private static EventFacts of(TransferEvent event) {
    String id = event.transfer().transferId();
    if (event instanceof TransferEvent.TransferCredited e) {
      return new EventFacts(EventKind.TRANSFER_CREDITED, e.destination(), "", id, "");
    } else if (event instanceof TransferEvent.TransferCreditRefused e) {
      Rejection why = e.rejection();
      return new EventFacts(
          EventKind.TRANSFER_CREDIT_REFUSED, e.destination(), why.sku(), id, why.code().name());
    }
    return new EventFacts(kindAtSource(event), event.transfer().store(), "", id, "");
  }

  private static EventKind kindAtSource(TransferEvent event) {
    if (event instanceof TransferEvent.TransferShipped) {
      return EventKind.TRANSFER_SHIPPED;
    } else if (event instanceof TransferEvent.TransferHandedOver) {
      return EventKind.TRANSFER_HANDED_OVER;
    }
    return event instanceof TransferEvent.TransferCancelled
        ? EventKind.TRANSFER_CANCELLED
        : EventKind.HANDOVER_SETTLED;
  }

  private static EventFacts ofNoStore(EventKind kind) {
    return new EventFacts(kind, "", "", "", "");
  }
}
