package dev.holdfast.store.state;

import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/**
 * Finds open reservations by what they hold. Goes over the index of holds, so the many that are
 * closed and still remembered cost nothing. All of one answer is read from one moment.
 */
public final class ReservationScan {
  private final StateStore store;

  public ReservationScan(StateStore store) {
    this.store = store;
  }

  /** What a reservation holds of an item. */
  public record Hold(StockKey item, ReservationKey reservation, Reservation.Open open) {}

  /**
   * An item with who holds it.
   *
   * @param sequence the last event that this includes
   * @param level null when there is no such item
   */
  public record Explanation(long sequence, @Nullable StockLevel level, List<Hold> holds) {}

  /** The reservations that hold an item, by id, behind one or from the start. */
  public List<Hold> ofItem(StockKey item, @Nullable String behind, int limit) {
    byte[] prefix = StateKeys.holdPrefix(item);
    byte[] from = behind == null ? prefix : StateKeys.ofHold(item, behind);
    return fromOneMoment((db, moment) -> holds(db, moment, new Range(prefix, from), limit, false));
  }

  /**
   * The reservations of a store, each at the first of its SKUs in byte order, by that SKU and their
   * ids, behind one or from the start.
   */
  public List<Hold> ofStore(
      String inStore, @Nullable StockKey behind, @Nullable String behindId, int limit) {
    byte[] prefix = StateKeys.storePrefix(inStore);
    byte[] from = behind == null || behindId == null ? prefix : StateKeys.ofHold(behind, behindId);
    return fromOneMoment((db, moment) -> holds(db, moment, new Range(prefix, from), limit, true));
  }

  /** An item and up to a number of those that hold it. */
  public Explanation explain(StockKey item, int limit) {
    byte[] prefix = StateKeys.holdPrefix(item);
    return fromOneMoment(
        (db, moment) -> {
          byte[] level = db.get(db.stock, moment, StateKeys.of(item));
          AppliedState applied = AppliedState.of(db.get(db.meta, moment, StateKeys.APPLIED));
          return new Explanation(
              applied.sequence(),
              level == null ? null : StateRecords.stockLevel(level),
              holds(db, moment, new Range(prefix, prefix), limit, false));
        });
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Range(byte[] prefix, byte[] from) {}

  private interface Reading<T> {
    T read(PartitionDb db, ReadOptions moment) throws RocksDBException;
  }

  private <T> T fromOneMoment(Reading<T> reading) {
    return store.read(
        db -> {
          Snapshot snapshot = db.db().getSnapshot();
          try (ReadOptions moment = new ReadOptions().setSnapshot(snapshot)) {
            return reading.read(db, moment);
          } catch (RocksDBException e) {
            throw new StateFault("reading reservations failed: " + e.getMessage(), e);
          } finally {
            db.db().releaseSnapshot(snapshot);
          }
        });
  }

  private static List<Hold> holds(
      PartitionDb db, ReadOptions moment, Range range, int limit, boolean firstSkuOnly)
      throws RocksDBException {
    List<Hold> holds = new ArrayList<>();
    try (Slice end = new Slice(behindAll(range.prefix()));
        ReadOptions bounded = new ReadOptions(moment).setIterateUpperBound(end);
        RocksIterator rows = db.db().newIterator(db.holds, bounded)) {
      for (rows.seek(range.from()); rows.isValid() && holds.size() < limit; rows.next()) {
        byte[] key = rows.key();
        if (!Arrays.equals(key, range.from())) {
          Hold hold = hold(db, moment, key);
          if (!firstSkuOnly || isFirst(hold)) {
            holds.add(hold);
          }
        }
      }
      rows.status();
    }
    return holds;
  }

  private static Hold hold(PartitionDb db, ReadOptions moment, byte[] key) {
    StockKey item = StateKeys.heldItem(key);
    ReservationKey reservation = StateKeys.holder(key);
    byte[] value = db.get(db.reservations, moment, StateKeys.of(reservation));
    if (value != null && StateRecords.reservation(value) instanceof Reservation.Open open) {
      return new Hold(item, reservation, open);
    }
    throw new StateFault("what holds " + item + " is not open: " + reservation);
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
