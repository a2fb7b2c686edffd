package dev.holdfast.store.state.export;

import dev.holdfast.store.state.db.Family;
import dev.holdfast.store.state.digest.HeldSums;

/**
 * A partition's account of its reservations, at the place where its records are pinned.
 *
 * @param open how many are open
 * @param held units that they hold, of all items
 * @param heldEqual whether they hold of every item what its record says is reserved
 * @param indexEqual the same of the index of who holds what
 */
public record ReservationBooks(long open, long held, boolean heldEqual, boolean indexEqual) {
  /**
   * Reads all records and reservations, also those that are closed and still remembered.
   *
   * @throws PinnedState.ReleasedException when they were let go
   */
  public static ReservationBooks of(PinnedState pinned) {
    HeldSums sums = new HeldSums();
    pinned.forEach(
        null,
        (key, level) -> {
          sums.addStock(key, level);
          return true;
        });
    pinned.forEachRow(Family.RESERVATIONS, sums::addReservation);
    pinned.forEachRow(Family.HOLDS, sums::addHold);
    return new ReservationBooks(
        sums.open(),
        sums.held().units(),
        sums.held().equals(sums.reserved()),
        sums.index().equals(sums.reserved()));
  }
}
