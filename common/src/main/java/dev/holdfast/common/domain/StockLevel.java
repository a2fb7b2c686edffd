package dev.holdfast.common.domain;

/**
 * The stock of one item. 0 &le; reserved &le; onHand &le; {@link #QUANTITY_MAX}.
 *
 * @param version 1 at creation, +1 with every change
 */
public record StockLevel(long onHand, long reserved, long version) {
  /** No quantity passes this, so sums over a million stores still fit a long. */
  public static final long QUANTITY_MAX = 1_000_000_000_000L;

  public StockLevel {
    if (reserved < 0 || reserved > onHand || onHand > QUANTITY_MAX || version < 1) {
      throw new IllegalArgumentException(
          "impossible stock: on hand "
              + onHand
              + ", reserved "
              + reserved
              + ", version "
              + version);
    }
  }

  /** The level of a new item. */
  public static StockLevel opening(long quantity) {
    return new StockLevel(quantity, 0, 1);
  }

  public long available() {
    return onHand - reserved;
  }

  /** The level after a change of the quantity on hand. */
  public StockLevel adjusted(long delta) {
    return new StockLevel(onHand + delta, reserved, version + 1);
  }

  /** The level after units were held. */
  public StockLevel held(long quantity) {
    return new StockLevel(onHand, reserved + quantity, version + 1);
  }

  /** The level after held units were sold. */
  public StockLevel confirmed(long quantity) {
    return new StockLevel(onHand - quantity, reserved - quantity, version + 1);
  }

  /** The level after held units were given back. */
  public StockLevel released(long quantity) {
    return new StockLevel(onHand, reserved - quantity, version + 1);
  }
}
