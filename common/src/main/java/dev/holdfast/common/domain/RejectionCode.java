package dev.holdfast.common.domain;

/** Why a command was decided against. A code comes with the facts of one record. */
public enum RejectionCode implements Numbered {
  ITEM_NOT_FOUND(1),
  RESERVATION_NOT_FOUND(2),
  ITEM_EXISTS(3),
  RESERVATION_EXISTS(4, Rejection.ReservationIs.class),
  VERSION_CONFLICT(5, Rejection.VersionConflict.class),
  INSUFFICIENT_STOCK(6, Rejection.InsufficientStock.class),
  QUANTITY_LIMIT(7, Rejection.QuantityLimit.class),
  RESERVATION_CLOSED(8, Rejection.ReservationIs.class),
  RESERVATION_EXPIRED(9),
  NOT_HELD(10, Rejection.NotHeld.class),
  LIFETIME_LIMIT(11, Rejection.LifetimeLimit.class),
  ITEM_FROZEN(16),
  STORE_FROZEN(17),
  NOT_EMPTY(18, Rejection.StockInTheWay.class),
  COUNT_BELOW_RESERVED(19, Rejection.StockInTheWay.class),
  ORDER_TOO_LARGE(24, Rejection.OrderTooLarge.class),
  TRANSFER_NOT_FOUND(26),
  TRANSFER_EXISTS(27),
  TRANSFER_CLOSED(28),
  DESTINATION_NOT_FOUND(29),
  NOT_OUTSTANDING(30, Rejection.NotOutstanding.class),
  HANDOVER_OUT_OF_ORDER(31, false),
  /** The item changed after the count was prepared. */
  COUNT_OVERTAKEN(20, false),
  LOCKED(21, false),
  STALE_TOKEN(22, Rejection.StaleToken.class, false),
  TOO_MANY_LEASES(23, false),
  /** There is nothing to expire, or not yet; the leader alone is told so. */
  NOT_DUE(32, false);

  private static final ByNumber<RejectionCode> BY_NUMBER =
      new ByNumber<>("rejection code", values());

  private final int number;
  private final Class<? extends Rejection> facts;
  private final boolean recorded;

  RejectionCode(int number) {
    this(number, true);
  }

  RejectionCode(int number, boolean recorded) {
    this(number, Rejection.Plain.class, recorded);
  }

  RejectionCode(int number, Class<? extends Rejection> facts) {
    this(number, facts, true);
  }

  RejectionCode(int number, Class<? extends Rejection> facts, boolean recorded) {
    this.number = number;
    this.facts = facts;
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

  /** Refuses a record of facts that this code does not come with. */
  void checkFacts(Class<? extends Rejection> given) {
    if (given != facts) {
      throw new IllegalArgumentException(
          this + " comes with the facts of " + facts.getSimpleName());
    }
  }
}
