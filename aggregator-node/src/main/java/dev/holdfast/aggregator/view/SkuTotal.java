package dev.holdfast.aggregator.view;

import dev.holdfast.common.domain.StockLevel;
import org.jspecify.annotations.Nullable;

/**
 * One SKU over all stores.
 *
 * @param stores how many stores have the item
 * @param inTransit units that left a store by a transfer and have not arrived. Negative while the
 *     view has an arrival, and not yet its departure from another partition.
 * @param reservable what reservations could take if no store were frozen
 */
public record SkuTotal(long onHand, long reserved, long stores, long inTransit, long reservable) {
  /** Of a SKU that no store has. */
  public static final SkuTotal NONE = new SkuTotal(0, 0, 0, 0, 0);

  public SkuTotal {
    if (reserved < 0
        || reserved > onHand
        || stores < 0
        || reservable < 0
        || reservable > onHand - reserved) {
      throw new IllegalArgumentException(
          "impossible total: on hand %d, reserved %d, stores %d, reservable %d"
              .formatted(onHand, reserved, stores, reservable));
    }
  }

  /** Whether no store has it any more, and none is on its way. */
  public boolean isGone() {
    return stores == 0 && inTransit == 0;
  }

  public long available() {
    return onHand - reserved;
  }

  /** The total after the level of one store changed; before is null when the item is new there. */
  public SkuTotal changed(@Nullable StockLevel before, StockLevel after) {
    return before == null ? plus(after, 1) : plus(before, -1).plus(after, 1);
  }

  private SkuTotal plus(StockLevel level, int times) {
    return new SkuTotal(
        Math.addExact(onHand, times * level.onHand()),
        Math.addExact(reserved, times * level.reserved()),
        stores + (level.isDeleted() ? 0 : times),
        Math.addExact(inTransit, times * level.netShipped()),
        Math.addExact(reservable, times * reservable(level)));
  }

  private static long reservable(StockLevel level) {
    return level.isFrozen() ? 0 : level.reservable();
  }
}
