package dev.holdfast.common.domain;

/**
 * What the fold writes to: a RocksDB batch, the speculative overlay, the global view, a map in a
 * test.
 */
public interface StateChanges {
  void putStock(StockKey item, StockLevel level);

  void putReservation(ReservationKey key, Reservation reservation);

  void removeReservation(ReservationKey key);
}
