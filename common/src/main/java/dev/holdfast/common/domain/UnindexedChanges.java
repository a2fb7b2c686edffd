package dev.holdfast.common.domain;

/** Changes of a state that keeps no index of what expires when, and of who holds an item. */
public interface UnindexedChanges extends StateChanges {
  @Override
  default void putExpiry(long millis, ReservationKey key) {}

  @Override
  default void removeExpiry(long millis, ReservationKey key) {}

  @Override
  default void putHold(StockKey item, String reservationId, long quantity) {}

  @Override
  default void removeHold(StockKey item, String reservationId) {}
}
