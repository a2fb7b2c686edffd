package dev.holdfast.common.domain;

/**
 * Why a command was decided against, with the facts that the caller needs to understand it: one
 * record for each set of facts, which {@link RejectionCode} names for every code.
 */
public sealed interface Rejection {
  /** That of the facts; a record that goes with several codes says which. */
  default RejectionCode code() {
    return RejectionCode.of(this);
  }

  /** The item that it failed on; empty when it failed on no single one. */
  default String sku() {
    return "";
  }

  /** Says all with its code. */
  static Rejection of(RejectionCode code) {
    return of(code, "");
  }

  /** Says all with its code and the item that it failed on. */
  static Rejection of(RejectionCode code, String sku) {
    return new Plain(code, sku);
  }

  /** Less is free than was to be taken out; safety stock may be taken. */
  static Rejection notFree(String sku, long requested, StockLevel level) {
    return new InsufficientStock(
        sku, requested, level.available(), level.onHand(), level.reserved(), 0);
  }

  /** There is no more to say than the code and the item. */
  record Plain(RejectionCode code, String sku) implements Rejection {
    public Plain {
      code.checkFacts(Plain.class);
    }
  }

  /**
   * Less can be had than was asked for: on hand − held − safety stock = available, unless the
   * safety stock is greater than what is left, or the reservation keeps what it holds already.
   *
   * @param available units that could be had
   * @param held units that others hold
   * @param safetyStock units that are kept from this command, 0 when it may take them
   */
  record InsufficientStock(
      String sku, long requested, long available, long onHand, long held, long safetyStock)
      implements Rejection {}

  /**
   * An item would have more than the largest quantity.
   *
   * @param requested units that were to come on top; 0 when nobody remembers
   * @param available units of the item that were free
   */
  record QuantityLimit(String sku, long requested, long available) implements Rejection {}

  /** The stock of an item is in the way: on hand now, or as a count would have it. */
  record StockInTheWay(RejectionCode code, String sku, long onHand, long reserved)
      implements Rejection {
    public StockInTheWay {
      code.checkFacts(StockInTheWay.class);
    }
  }

  /**
   * A version is not the one asked for.
   *
   * @param sku empty when it is the reservation's
   */
  record VersionConflict(String sku, long expected, long actual) implements Rejection {}

  /**
   * A fencing token is of no live lease.
   *
   * @param current the token of the lease that is, 0 when there is none
   */
  record StaleToken(String sku, long given, long current) implements Rejection {}

  /** A reservation holds less of an item than was asked for. */
  record NotHeld(String sku, long requested, long held) implements Rejection {}

  /** A reservation cannot last longer than its life. */
  record LifetimeLimit(long lifeEndsMillis) implements Rejection {}

  /** The state of a reservation is in the way. */
  record ReservationIs(RejectionCode code, Reservation.State state) implements Rejection {
    public ReservationIs {
      code.checkFacts(ReservationIs.class);
    }
  }

  /** An order would change more items than one event may hold. */
  record OrderTooLarge(long changes, long changesMax) implements Rejection {}

  /** Less of an item is outstanding in a transfer than was asked for. */
  record NotOutstanding(String sku, long requested, long outstanding) implements Rejection {}
}
