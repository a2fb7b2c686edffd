package dev.holdfast.common.domain;

/**
 * One SKU of a reservation's event, and the stock afterwards.
 *
 * @param quantity units that the event is about: held, sold or given back; in a replacement the
 *     difference of what is held
 * @param released units given back besides those that were sold
 */
public record LineChange(String sku, long quantity, StockLevel after, long released) {
  public LineChange(String sku, long quantity, StockLevel after) {
    this(sku, quantity, after, 0);
  }
}
