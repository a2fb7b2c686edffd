package dev.holdfast.common.domain;

/** Why a command was decided against. */
public enum RejectionCode implements Numbered {
  ITEM_NOT_FOUND(1),
  RESERVATION_NOT_FOUND(2),
  ITEM_EXISTS(3),
  RESERVATION_EXISTS(4),
  VERSION_CONFLICT(5),
  INSUFFICIENT_STOCK(6),
  QUANTITY_LIMIT(7),
  RESERVATION_CLOSED(8),
  RESERVATION_EXPIRED(9),
  NOT_HELD(10),
  LIFETIME_LIMIT(11),
  ITEM_FROZEN(16),
  STORE_FROZEN(17),
  NOT_EMPTY(18),
  COUNT_BELOW_RESERVED(19),
  ORDER_TOO_LARGE(24),
  TRANSFER_NOT_FOUND(26),
  TRANSFER_EXISTS(27),
  TRANSFER_CLOSED(28),
  DESTINATION_NOT_FOUND(29),
  NOT_OUTSTANDING(30),
  HANDOVER_OUT_OF_ORDER(31, false),
  /** The item changed after the count was prepared. */
  COUNT_OVERTAKEN(20, false),
  LOCKED(21, false),
  STALE_TOKEN(22, false),
  TOO_MANY_LEASES(23, false),
  /** There is nothing to expire, or not yet; the leader alone is told so. */
  NOT_DUE(32, false);

  private static final ByNumber<RejectionCode> BY_NUMBER =
      new ByNumber<>("rejection code", values());

  private final int number;
  private final boolean recorded;

  RejectionCode(int number) {
    this(number, true);
  }

  RejectionCode(int number, boolean recorded) {
    this.number = number;
    this.recorded = recorded;
  }

  /**
   * The constant of a number.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static RejectionCode of(int number) {
    return BY_NUMBER.of(number);
  }

  @Override
  public int number() {
    return number;
  }

  /**
   * False for a no that is only for now: it leaves no event, and the same key may be used again.
   */
  public boolean isRecorded() {
    return recorded;
  }
}
