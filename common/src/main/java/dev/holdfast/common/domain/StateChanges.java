package dev.holdfast.common.domain;

import org.jspecify.annotations.Nullable;

/**
 * Target of the fold: a RocksDB batch, the speculative overlay, the global view, a map in a test.
 */
public interface StateChanges {
  /**
   * An item's stock changed.
   *
   * @param before as the event tells it, or null when the item is new
   */
  void putStock(StockKey item, @Nullable StockLevel before, StockLevel after);

  /** A reservation was made, changed or closed; a closed one is remembered for a while. */
  void putReservation(ReservationKey key, Reservation reservation);

  /** A reservation expires at a time. */
  void putExpiry(long millis, ReservationKey key);

  /** A reservation does not expire at a time any more. */
  void removeExpiry(long millis, ReservationKey key);

  /** A reservation holds so much of an item. */
  void putHold(StockKey item, String reservationId, long quantity);

  /** A reservation does not hold an item any more. */
  void removeHold(StockKey item, String reservationId);

  /** An item is leased, or not any more: null. */
  void putLease(StockKey item, @Nullable Lease lease);

  /** A store was frozen, or is not any more. */
  void putStoreFrozen(String store, boolean frozen);

  /** Sink for transfer state. */
  TransferChanges transfers();
}
