package dev.holdfast.common.domain;

/** The kinds of events: one for each type of {@link Event} that has a format. */
public enum EventKind implements Numbered {
  ITEM_CREATED(10),
  STOCK_ADJUSTED(11),
  STOCK_RESERVED(12),
  RESERVATION_CONFIRMED(13),
  RESERVATION_RELEASED(14),
  COMMAND_REJECTED(15),
  RECEIPTS_EVICTED(16),
  STATE_DIGEST_RECORDED(17),
  RESERVATION_EXTENDED(20),
  RESERVATION_REPLACED(21),
  RESERVATION_EXPIRED(22),
  ITEM_TERMS_CHANGED(30),
  STORE_TERMS_CHANGED(31),
  STOCK_COUNTED(32),
  ORDER_EXECUTED(33),
  LEASE_GRANTED(34),
  LEASE_RENEWED(35),
  LEASE_RELEASED(36),
  TRANSFER_SHIPPED(40),
  TRANSFER_HANDED_OVER(41),
  TRANSFER_CANCELLED(42),
  HANDOVER_SETTLED(43),
  TRANSFER_CREDITED(44),
  TRANSFER_CREDIT_REFUSED(45);

  private static final ByNumber<EventKind> BY_NUMBER = new ByNumber<>("kind of event", values());

  private final int number;

  EventKind(int number) {
    this.number = number;
  }

  /**
   * The constant of a number.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static EventKind of(int number) {
    return BY_NUMBER.of(number);
  }

  @Override
  public int number() {
    return number;
  }
}
