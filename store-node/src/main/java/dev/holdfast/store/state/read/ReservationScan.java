package dev.holdfast.store.state.read;

import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.state.db.AppliedState;
import dev.holdfast.store.state.db.Family;
import dev.holdfast.store.state.db.StateKeys;
import org.jspecify.annotations.Nullable;

/**
 * Finds open reservations by what they hold. Goes over the index of holds, so the many that are
 * closed and still remembered cost nothing. All of one answer is read from one moment.
 */
public final class ReservationScan {
  private final StateReads state;

  public ReservationScan(StateReads state) {
    this.state = state;
  }

  /**
   * An item with who holds it.
   *
   * @param sequence the last event that this includes
   * @param level null when there is no such item
   * @param storeFrozen whether its store was frozen then
   * @param lease run out or not
   */
  public record Explanation(
      long sequence,
      @Nullable StockLevel level,
      boolean storeFrozen,
      @Nullable Lease lease,
      Page<HeldItem> holds) {}

  /**
   * A reservation.
   *
   * @param sequence the last event that this includes
   * @param reservation null when it is not known, or not any more
   */
  public record Found(long sequence, @Nullable Reservation reservation) {}

  public Found find(ReservationKey key) {
    return state.readSnapshot(
        (db, snapshot) ->
            new Found(
                AppliedState.of(db, snapshot).sequence(),
                db.table(Family.RESERVATIONS).get(snapshot, key)));
  }

  /** The reservations that hold an item, by id, behind one or from the start. */
  public Page<HeldItem> ofItem(StockKey item, @Nullable String behind, PageBounds bounds) {
    byte[] prefix = StateKeys.holdPrefix(item);
    byte[] from = behind == null ? prefix : StateKeys.ofHold(item, behind);
    return state.readSnapshot(
        (db, snapshot) -> new HoldWalk(db, snapshot, false).page(prefix, from, bounds));
  }

  /**
   * The reservations of a store, each at the first of its SKUs in byte order, by that SKU and their
   * ids, behind one or from the start.
   *
   * @param behind the pair of SKU and id that a page ended with
   */
  public Page<HeldItem> ofStore(String inStore, @Nullable StockKey behind, PageBounds bounds) {
    byte[] prefix = StateKeys.storePrefix(inStore);
    byte[] from =
        behind == null
            ? prefix
            : StateKeys.ofHold(new StockKey(inStore, behind.store()), behind.sku());
    return state.readSnapshot(
        (db, snapshot) -> new HoldWalk(db, snapshot, true).page(prefix, from, bounds));
  }

  /** An item and some of those that hold it. */
  public Explanation explain(StockKey item, PageBounds bounds) {
    byte[] prefix = StateKeys.holdPrefix(item);
    return state.readSnapshot(
        (db, snapshot) ->
            new Explanation(
                AppliedState.of(db, snapshot).sequence(),
                db.table(Family.STOCK).get(snapshot, item),
                new FrozenStores(db, snapshot).contains(item.store()),
                db.table(Family.LEASES).get(snapshot, item),
                new HoldWalk(db, snapshot, false).page(prefix, prefix, bounds)));
  }
}
