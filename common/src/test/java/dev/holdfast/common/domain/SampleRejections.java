package dev.holdfast.common.domain;

/** Rejections of any code. */
public final class SampleRejections {
  private SampleRejections() {}

  /** With facts that are all different. */
  public static Rejection of(RejectionCode code, String sku) {
    return of(code, sku, Reservation.State.RELEASED, 9, 8, 7, 6, 5);
  }

  /**
   * With these facts, as far as the code comes with them.
   *
   * @param n at least five numbers for facts
   */
  public static Rejection of(RejectionCode code, String sku, Reservation.State state, long... n) {
    return switch (code) {
      case RESERVATION_NOT_FOUND,
          RESERVATION_EXPIRED,
          NOT_DUE,
          STORE_FROZEN,
          TRANSFER_NOT_FOUND,
          TRANSFER_EXISTS,
          TRANSFER_CLOSED,
          DESTINATION_NOT_FOUND,
          HANDOVER_OUT_OF_ORDER ->
          Rejection.of(code);
      case ITEM_NOT_FOUND, ITEM_EXISTS, ITEM_FROZEN, COUNT_OVERTAKEN, LOCKED, TOO_MANY_LEASES ->
          Rejection.of(code, sku);
      case INSUFFICIENT_STOCK -> new Rejection.InsufficientStock(sku, n[0], n[1], n[2], n[3], n[4]);
      case QUANTITY_LIMIT -> new Rejection.QuantityLimit(sku, n[0], n[1]);
      case NOT_EMPTY, COUNT_BELOW_RESERVED -> new Rejection.StockInTheWay(code, sku, n[0], n[1]);
      case VERSION_CONFLICT -> new Rejection.VersionConflict(sku, n[0], n[1]);
      case STALE_TOKEN -> new Rejection.StaleToken(sku, n[0], n[1]);
      case NOT_HELD -> new Rejection.NotHeld(sku, n[0], n[1]);
      case LIFETIME_LIMIT -> new Rejection.LifetimeLimit(n[0]);
      case RESERVATION_EXISTS, RESERVATION_CLOSED -> new Rejection.ReservationIs(code, state);
      case ORDER_TOO_LARGE -> new Rejection.OrderTooLarge(n[0], n[1]);
      case NOT_OUTSTANDING -> new Rejection.NotOutstanding(sku, n[0], n[1]);
    };
  }
}
