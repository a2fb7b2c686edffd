package dev.holdfast.store.state;

import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;

/** The three that must agree: what records, open reservations and the index say is held. */
final class HeldSums {
  private HeldDigest reserved = HeldDigest.NONE;
  private HeldDigest held = HeldDigest.NONE;
  private HeldDigest index = HeldDigest.NONE;
  private long open;

  void addStock(byte[] key, StockLevel level) {
    reserved = reserved.plus(key, level.reserved());
  }

  void addReservation(ReservationKey key, Reservation reservation) {
    if (reservation instanceof Reservation.Open holding) {
      open++;
      for (HeldLine line : holding.lines()) {
        held = held.plus(StateKeys.of(new StockKey(key.store(), line.sku())), line.quantity());
      }
    }
  }

  void addHold(StateKeys.Hold hold, long units) {
    index = index.plus(StateKeys.of(hold.item()), units);
  }

  /** By the records. */
  HeldDigest reserved() {
    return reserved;
  }

  /** By open reservations. */
  HeldDigest held() {
    return held;
  }

  /** By the index of who holds what. */
  HeldDigest index() {
    return index;
  }

  /** Open reservations. */
  long open() {
    return open;
  }
}
