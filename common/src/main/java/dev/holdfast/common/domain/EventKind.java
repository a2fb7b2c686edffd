package dev.holdfast.common.domain;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** The kinds of events: one for each type of {@link Event} that has a format. */
public enum EventKind implements Numbered {
  ITEM_CREATED(10, Event.ItemCreated.class),
  STOCK_ADJUSTED(11, Event.StockAdjusted.class),
  STOCK_RESERVED(12, ReservationEvent.StockReserved.class),
  RESERVATION_CONFIRMED(13, ReservationEvent.ReservationConfirmed.class),
  RESERVATION_RELEASED(14, ReservationEvent.ReservationReleased.class),
  COMMAND_REJECTED(15, Event.CommandRejected.class),
  RECEIPTS_EVICTED(16, Event.ReceiptsEvicted.class),
  STATE_DIGEST_RECORDED(17, Event.StateDigestRecorded.class),
  RESERVATION_EXTENDED(20, ReservationEvent.ReservationExtended.class),
  RESERVATION_REPLACED(21, ReservationEvent.ReservationReplaced.class),
  RESERVATION_EXPIRED(22, ReservationEvent.ReservationExpired.class),
  ITEM_TERMS_CHANGED(30, TermsEvent.ItemTermsChanged.class),
  STORE_TERMS_CHANGED(31, TermsEvent.StoreTermsChanged.class),
  STOCK_COUNTED(32, Event.StockCounted.class),
  ORDER_EXECUTED(33, Event.OrderExecuted.class),
  LEASE_GRANTED(34, LeaseEvent.LeaseGranted.class),
  LEASE_RENEWED(35, LeaseEvent.LeaseRenewed.class),
  LEASE_RELEASED(36, LeaseEvent.LeaseReleased.class),
  TRANSFER_SHIPPED(40, TransferEvent.TransferShipped.class),
  TRANSFER_HANDED_OVER(41, TransferEvent.TransferHandedOver.class),
  TRANSFER_CANCELLED(42, TransferEvent.TransferCancelled.class),
  HANDOVER_SETTLED(43, TransferEvent.HandoverSettled.class),
  TRANSFER_CREDITED(44, TransferEvent.TransferCredited.class),
  TRANSFER_CREDIT_REFUSED(45, TransferEvent.TransferCreditRefused.class);

  private static final ByNumber<EventKind> BY_NUMBER = new ByNumber<>("kind of event", values());
  private static final Map<Class<?>, EventKind> BY_TYPE =
      Stream.of(values()).collect(toUnmodifiableMap(kind -> kind.type, Function.identity()));

  private final int number;
  private final Class<? extends Event> type;

  EventKind(int number, Class<? extends Event> type) {
    this.number = number;
    this.type = type;
  }

  static EventKind of(Event event) {
    return Objects.requireNonNull(BY_TYPE.get(event.getClass()));
  }

  /** The constant of a number; an unknown one is an illegal argument. */
  public static EventKind of(int number) {
    return BY_NUMBER.of(number);
  }

  @Override
  public int number() {
    return number;
  }
}
