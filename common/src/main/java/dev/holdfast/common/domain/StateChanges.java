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

  /** An item is leased, or not any more: null. Only for whoever keeps leases. */
  default void putLease(StockKey item, @Nullable Lease lease) {}

  /** A store was frozen, or is not any more. Only for whoever keeps that. */
  default void putStoreFrozen(String store, boolean frozen) {}

  /** Where what concerns transfers, besides stock, goes. */
  TransferChanges transfers();
}
