package dev.holdfast.common.domain;

/**
 * Why a command was decided against, with what the caller needs to understand it.
 *
 * @param sku the item that it failed on; empty when it failed on the reservation
 * @param requested units asked for, else 0
 * @param available units available then, else 0
 * @param expectedVersion version asked for, else 0
 * @param actualVersion version found, else 0
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

  public static Rejection versionConflict(String sku, long expected, long actual) {
    return new Rejection(RejectionCode.VERSION_CONFLICT, sku, 0, 0, expected, actual);
  }
}
