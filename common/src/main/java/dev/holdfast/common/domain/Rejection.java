package dev.holdfast.common.domain;

/**
 * Why a command was decided against, with what the caller needs to understand it.
 *
 * @param sku the item that it failed on; empty when it failed on the reservation
 * @param requested units asked for, or units reserved (NOT_EMPTY, COUNT_BELOW_RESERVED), else 0
 * @param available units available then, or on hand (NOT_EMPTY, COUNT_BELOW_RESERVED), else 0
 * @param expectedVersion version asked for, or the token that was given (STALE_TOKEN), else 0
 * @param actualVersion version found, or the token that counts, else 0
 */
public record Rejection(
    RejectionCode code,
    String sku,
    long requested,
    long available,
    long expectedVersion,
    long actualVersion) {

  public static Rejection of(RejectionCode code, String sku) {
    return new Rejection(code, sku, 0, 0, 0, 0);
  }

  public static Rejection ofQuantity(
      RejectionCode code, String sku, long requested, long available) {
    return new Rejection(code, sku, requested, available, 0, 0);
  }

  /** What stands on hand and reserved is in the way. */
  public static Rejection ofStock(RejectionCode code, String sku, long onHand, long reserved) {
    return new Rejection(code, sku, reserved, onHand, 0, 0);
  }

  /**
   * A fencing token is of no live lease.
   *
   * @param current the token of the lease that is, 0 when there is none
   */
  public static Rejection staleToken(String sku, long given, long current) {
    return new Rejection(RejectionCode.STALE_TOKEN, sku, 0, 0, given, current);
  }

  public static Rejection versionConflict(String sku, long expected, long actual) {
    return new Rejection(RejectionCode.VERSION_CONFLICT, sku, 0, 0, expected, actual);
  }
}
