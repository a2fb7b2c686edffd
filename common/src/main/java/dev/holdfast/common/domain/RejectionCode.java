package dev.holdfast.common.domain;

/** Why a command was decided against. Persisted by name through the codec. */
public enum RejectionCode {
  ITEM_NOT_FOUND,
  RESERVATION_NOT_FOUND,
  ITEM_EXISTS,
  RESERVATION_EXISTS,
  VERSION_CONFLICT,
  INSUFFICIENT_STOCK,
  QUANTITY_LIMIT,
  RESERVATION_CLOSED,
  RESERVATION_EXPIRED,
  NOT_HELD,
  LIFETIME_LIMIT,
  ITEM_FROZEN,
  STORE_FROZEN,
  NOT_EMPTY,
  COUNT_BELOW_RESERVED,
  ORDER_TOO_LARGE,
  TRANSFER_NOT_FOUND,
  TRANSFER_EXISTS,
  TRANSFER_CLOSED,
  DESTINATION_NOT_FOUND,
  NOT_OUTSTANDING,
  HANDOVER_OUT_OF_ORDER(false),
  /** The item changed after the count was prepared. */
  COUNT_OVERTAKEN(false),
  LOCKED(false),
  STALE_TOKEN(false),
  TOO_MANY_LEASES(false),
  /** There is nothing to expire, or not yet; the leader alone is told so. */
  NOT_DUE(false);

  private final boolean recorded;

  RejectionCode() {
    this(true);
  }

  RejectionCode(boolean recorded) {
    this.recorded = recorded;
  }

  /**
   * False for a no that is only for now: it leaves no event, and the same key may be used again.
   */
  public boolean isRecorded() {
    return recorded;
  }
}
