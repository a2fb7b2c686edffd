package dev.holdfast.common.codec;

import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StateChanges;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import org.jspecify.annotations.Nullable;

/** Counts what the fold writes. */
final class CollectedChanges implements StateChanges {
  int stockWrites;
  int reservationWrites;
  int leaseWrites;
  int storeWrites;

  @Override
  public void putStock(StockKey item, @Nullable StockLevel before, StockLevel level) {
    stockWrites++;
  }

  @Override
  public void putReservation(ReservationKey key, Reservation reservation) {
    reservationWrites++;
  }

  @Override
  public void removeReservation(ReservationKey key) {
    reservationWrites++;
  }

  @Override
  public void putLease(StockKey item, @Nullable Lease lease) {
    leaseWrites++;
  }

  @Override
  public void putStoreFrozen(String store, boolean frozen) {
    storeWrites++;
  }
}
