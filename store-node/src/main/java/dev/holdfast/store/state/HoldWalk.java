package dev.holdfast.store.state;

import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.store.state.ReservationScan.Hold;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/**
 * One walk over the index of holds. A row does not tell whether its SKU is the first one of its
 * reservation, but where the walk meets a reservation again it is not: each is parsed once.
 */
final class HoldWalk {
  /** What an answer tells of a reservation beside its record. */
  private static final int MORE_BYTES = 160;

  private final PartitionDb db;
  private final ReadOptions moment;
  private final boolean firstSkuOnly;
  private final Set<ReservationKey> met = new HashSet<>();

  /**
   * @param firstSkuOnly whether a reservation is met only at the first of its SKUs in byte order
   */
  HoldWalk(PartitionDb db, ReadOptions moment, boolean firstSkuOnly) {
    this.db = db;
    this.moment = moment;
    this.firstSkuOnly = firstSkuOnly;
  }

  /** The rows that start with a prefix, behind one of them or from the prefix on. */
  Page<Hold> page(byte[] prefix, byte[] behind, PageBounds bounds) throws RocksDBException {
    PageBuilder<Hold> page = new PageBuilder<>(bounds);
    try (Slice end = new Slice(behindAll(prefix));
        ReadOptions bounded = new ReadOptions(moment).setIterateUpperBound(end);
        RocksIterator rows = db.db().newIterator(db.holds, bounded)) {
      rows.seek(behind);
      if (rows.isValid() && Arrays.equals(rows.key(), behind)) {
        rows.next();
      }
      while (rows.isValid()) {
        if (page.isSpent() || !take(rows.key(), page)) {
          return page.ended();
        }
        rows.next();
      }
      rows.status();
    }
    return page.complete();
  }

  /** False when the page has no room for the row. */
  private boolean take(byte[] key, PageBuilder<Hold> page) {
    StockKey item = StateKeys.heldItem(key);
    ReservationKey reservation = StateKeys.holder(key);
    StockKey place = new StockKey(item.sku(), reservation.reservationId());
    if (firstSkuOnly && !met.add(reservation)) {
      page.skip(place);
      return true;
    }
    byte[] record = record(item, reservation);
    page.parsed(record.length);
    Hold hold = hold(item, reservation, record);
    if (firstSkuOnly && !isFirst(hold)) {
      page.skip(place);
      return true;
    }
    return page.add(place, hold, record.length + MORE_BYTES);
  }

  private byte[] record(StockKey item, ReservationKey reservation) {
    byte[] record = db.get(db.reservations, moment, StateKeys.of(reservation));
    if (record == null) {
      throw notOpen(item, reservation);
    }
    return record;
  }

  private static Hold hold(StockKey item, ReservationKey reservation, byte[] record) {
    if (StateRecords.reservation(record) instanceof Reservation.Open open) {
      return new Hold(item, reservation, open);
    }
    throw notOpen(item, reservation);
  }

  private static StateFault notOpen(StockKey item, ReservationKey reservation) {
    return new StateFault("what holds " + item + " is not open: " + reservation);
  }

  private static boolean isFirst(Hold hold) {
    byte[] sku = StateKeys.of(hold.item());
    return hold.open().lines().stream()
        .map(line -> StateKeys.of(new StockKey(hold.item().store(), line.sku())))
        .allMatch(other -> Arrays.compareUnsigned(sku, other) <= 0);
  }

  /** Keys end their parts with a zero byte; behind all of a prefix comes the same with a one. */
  private static byte[] behindAll(byte[] prefix) {
    byte[] end = prefix.clone();
    end[end.length - 1] = 1;
    return end;
  }
}
