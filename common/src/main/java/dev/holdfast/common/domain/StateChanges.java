package dev.holdfast.common.domain;

import org.jspecify.annotations.Nullable;

/**
 * What the fold writes to: a RocksDB batch, the speculative overlay, the global view, a map in a
 * test.
 */
public interface StateChanges {
  /**
   * An item's stock changed.
   *
   * @param before as the event tells it, or null when the item is new
   */
  void putStock(StockKey item, @Nullable StockLevel before, StockLevel after);

  void putReservation(ReservationKey key, Reservation reservation);

  void removeReservation(ReservationKey key);
}
