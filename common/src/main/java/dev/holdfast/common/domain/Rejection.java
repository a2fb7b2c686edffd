package dev.holdfast.common.domain;

/**
 * Why a command was decided against, with what the caller needs to understand it.
 *
 * @param sku the item that it failed on; empty when it failed on the reservation
 * @param requested units asked for, or units reserved (NOT_EMPTY, COUNT_BELOW_RESERVED), else 0
 * @param available units that could be had then, or on hand (NOT_EMPTY, COUNT_BELOW_RESERVED), else
 *     0
 * @param held units held by others, or by the reservation, else 0
 * @param onHand units on hand (INSUFFICIENT_STOCK), else 0
 * @param safetyStock units that were kept from the caller (INSUFFICIENT_STOCK), else 0
 * @param expectedVersion version asked for, or the token that was given (STALE_TOKEN), else 0
 * @param actualVersion version found, or the token that counts, else 0
 * @param reservation what was found of the reservation
 */
public record Rejection(
    RejectionCode code,
    String sku,
    long requested,
    long available,
    long held,
    long onHand,
    long safetyStock,
    long expectedVersion,
    long actualVersion,
    Facts reservation) {

  /**
   * What a caller needs to know of the reservation.
   *
   * @param lifeEndsMillis it can be extended up to this, 0 when that does not matter
   */
  public record Facts(Reservation.State state, long lifeEndsMillis) {
    /** It does not matter. */
    public static final Facts NONE = new Facts(Reservation.State.OPEN, 0);
  }

  public static Rejection of(RejectionCode code, String sku) {
    return new Rejection(code, sku, 0, 0, 0, 0, 0, 0, 0, Facts.NONE);
  }

  public static Rejection ofQuantity(
      RejectionCode code, String sku, long requested, long available) {
    return new Rejection(code, sku, requested, available, 0, 0, 0, 0, 0, Facts.NONE);
  }

  /**
   * Less can be had than was asked for: on hand − held − safety stock = available, unless the
   * safety stock is greater than what is left, or the reservation keeps what it holds already.
   *
   * @param held units that others hold
   * @param safetyStock units that are kept from this command, 0 when it may take them
   */
  public static Rejection insufficientStock(
      String sku, long requested, long available, StockLevel level, long held, long safetyStock) {
    RejectionCode code = RejectionCode.INSUFFICIENT_STOCK;
    return new Rejection(
        code, sku, requested, available, held, level.onHand(), safetyStock, 0, 0, Facts.NONE);
  }

  /** Less is free than was to be taken out; safety stock may be taken. */
  public static Rejection notFree(String sku, long requested, StockLevel level) {
    return insufficientStock(sku, requested, level.available(), level, level.reserved(), 0);
  }

  /** A reservation holds less of a SKU than was asked for. */
  public static Rejection notHeld(String sku, long requested, long held) {
    return new Rejection(RejectionCode.NOT_HELD, sku, requested, 0, held, 0, 0, 0, 0, Facts.NONE);
  }

  /** A reservation cannot last so long. */
  public static Rejection lifetimeLimit(long lifeEndsMillis) {
    Facts facts = new Facts(Reservation.State.OPEN, lifeEndsMillis);
    return new Rejection(RejectionCode.LIFETIME_LIMIT, "", 0, 0, 0, 0, 0, 0, 0, facts);
  }

  /** It failed on what the reservation is. */
  public static Rejection ofState(RejectionCode code, Reservation.State state) {
    return new Rejection(code, "", 0, 0, 0, 0, 0, 0, 0, new Facts(state, 0));
  }

  /** What stands on hand and reserved is in the way. */
  public static Rejection ofStock(RejectionCode code, String sku, long onHand, long reserved) {
    return new Rejection(code, sku, reserved, onHand, 0, 0, 0, 0, 0, Facts.NONE);
  }

  /**
   * A fencing token is of no live lease.
   *
   * @param current the token of the lease that is, 0 when there is none
   */
  public static Rejection staleToken(String sku, long given, long current) {
    RejectionCode code = RejectionCode.STALE_TOKEN;
    return new Rejection(code, sku, 0, 0, 0, 0, 0, given, current, Facts.NONE);
  }

  /**
   * A version is not the one asked for.
   *
   * @param sku empty when it is the reservation's
   */
  public static Rejection versionConflict(String sku, long expected, long actual) {
    RejectionCode code = RejectionCode.VERSION_CONFLICT;
    return new Rejection(code, sku, 0, 0, 0, 0, 0, expected, actual, Facts.NONE);
  }
}
