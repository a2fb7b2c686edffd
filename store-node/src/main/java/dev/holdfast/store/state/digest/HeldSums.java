package dev.holdfast.store.state.digest;

import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.state.db.StateKeys;

/** The three that must agree: what records, open reservations and the index say is held. */
public final class HeldSums {
  private HeldDigest reserved = HeldDigest.NONE;
  private HeldDigest held = HeldDigest.NONE;
  private HeldDigest index = HeldDigest.NONE;
  private long open;

  public void addStock(byte[] key, StockLevel level) {
    reserved = reserved.plus(key, level.reserved());
  }

  public void addReservation(ReservationKey key, Reservation reservation) {
    if (reservation instanceof Reservation.Open holding) {
      open++;
      for (HeldLine line : holding.lines()) {
        held = held.plus(StateKeys.of(new StockKey(key.store(), line.sku())), line.quantity());
      }
    }
  }

  public void addHold(StateKeys.Hold hold, long units) {
    index = index.plus(StateKeys.of(hold.item()), units);
  }

  /** By the records. */
  public HeldDigest reserved() {
    return reserved;
  }

  /** By open reservations. */
  public HeldDigest held() {
    return held;
  }

  /** By the index of who holds what. */
  public HeldDigest index() {
    return index;
  }

  /** Open reservations. */
  public long open() {
    return open;
  }
}
