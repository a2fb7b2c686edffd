package dev.holdfast.store.state.read;

import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.store.state.db.Family;
import dev.holdfast.store.state.db.PartitionDb;
import dev.holdfast.store.state.db.StateKeys;
import dev.holdfast.store.state.db.StateRecords;
import dev.holdfast.store.state.fault.StateFault;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.rocksdb.ReadOptions;

/**
 * One walk over the index of holds. A row does not tell whether its SKU is the first one of its
 * reservation, but where the walk meets a reservation again it is not: each is parsed once.
 */
final class HoldWalk {
  /** What an answer tells of a reservation beside its record. */
  private static final int MORE_BYTES = 160;

  private final PartitionDb db;
  private final ReadOptions snapshot;
  private final boolean firstSkuOnly;
  private final Set<ReservationKey> met = new HashSet<>();

  /**
   * @param firstSkuOnly whether a reservation is met only at the first of its SKUs in byte order
   */
  HoldWalk(PartitionDb db, ReadOptions snapshot, boolean firstSkuOnly) {
    this.db = db;
    this.snapshot = snapshot;
    this.firstSkuOnly = firstSkuOnly;
  }

  /** The rows that start with a prefix, behind one of them or from the prefix on. */
  Page<HeldItem> page(byte[] prefix, byte[] behind, PageBounds bounds) {
    PageBuilder<HeldItem> page = new PageBuilder<>(bounds);
    try (var rows = db.table(Family.HOLDS).scanPrefix(prefix, snapshot)) {
      rows.seekBehind(behind);
      return page.over(rows, row -> take(row.key(), page));
    }
  }

  /** False when the page has no room for the row. */
  private boolean take(StateKeys.Hold key, PageBuilder<HeldItem> page) {
    StockKey item = key.item();
    ReservationKey reservation = key.reservation();
    StockKey place = new StockKey(item.sku(), reservation.reservationId());
    if (firstSkuOnly && !met.add(reservation)) {
      page.skip(place);
      return true;
    }
    byte[] record = record(item, reservation);
    page.parsed(record.length);
    HeldItem hold = hold(item, reservation, record);
    if (firstSkuOnly && !isFirst(hold)) {
      page.skip(place);
      return true;
    }
    return page.add(place, hold, record.length + MORE_BYTES);
  }

  private byte[] record(StockKey item, ReservationKey reservation) {
    byte[] record = db.table(Family.RESERVATIONS).bytes(snapshot, reservation);
    if (record == null) {
      throw notOpen(item, reservation);
    }
    return record;
  }

  private static HeldItem hold(StockKey item, ReservationKey reservation, byte[] record) {
    if (StateRecords.reservation(record) instanceof Reservation.Open open) {
      return new HeldItem(item, reservation, open);
    }
    throw notOpen(item, reservation);
  }

  private static StateFault notOpen(StockKey item, ReservationKey reservation) {
    return new StateFault("what holds " + item + " is not open: " + reservation);
  }

  private static boolean isFirst(HeldItem hold) {
    byte[] sku = StateKeys.of(hold.item());
    return hold.open().lines().stream()
        .map(line -> StateKeys.of(new StockKey(hold.item().store(), line.sku())))
        .allMatch(other -> Arrays.compareUnsigned(sku, other) <= 0);
  }
}
