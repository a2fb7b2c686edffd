package dev.holdfast.aggregator.view;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import org.jspecify.annotations.Nullable;

/**
 * The effect of one event on one item, as the log tells it.
 *
 * @param before null when the item is new
 */
public record Movement(
    EventHeader header, StockKey item, @Nullable StockLevel before, StockLevel after) {

  public long sequence() {
    return header.sequence();
  }

  /** Whether something could be sold of the item before, and nothing can any more. */
  public boolean ranOut() {
    return before != null && sellable(before) > 0 && sellable(after) <= 0;
  }

  private static long sellable(StockLevel level) {
    return level.available() - level.safetyStock();
  }

  public long onHandDelta() {
    return after.onHand() - (before == null ? 0 : before.onHand());
  }

  public long reservedDelta() {
    return after.reserved() - (before == null ? 0 : before.reserved());
  }
}
