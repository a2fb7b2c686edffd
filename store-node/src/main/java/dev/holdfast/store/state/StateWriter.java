package dev.holdfast.store.state;

import dev.holdfast.common.codec.LeaseCodec;
import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.ReceiptKey;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StateChanges;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.decide.state.Receipt;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The fold's target: one RocksDB write batch. Used by the applying thread only.
 *
 * <p>Of each item, and of each row of a reservation, only the last is written, by order of the
 * keys: RocksDB then finds the place of each next to the one before, which is most of what a write
 * costs. Index rows of a reservation that comes and goes within one write are not written at all.
 */
final class StateWriter implements StateChanges, AutoCloseable {
  private static final byte[] NO_VALUE = {};

  private final PartitionDb db;
  private final WriteBatch batch = new WriteBatch();
  private final Map<StockKey, StockLevel> stock = new HashMap<>();
  private final Set<ReservationKey> made = new HashSet<>();
  private final Rows reservations;
  private final Rows expiries;
  private final Rows holds;
  private final Rows receipts;
  private final TransferWriter transfers;
  private StateDigest digest;

  /**
   * @param digest of what is written already
   */
  StateWriter(PartitionDb db, StateDigest digest) {
    this.db = db;
    this.transfers = new TransferWriter(db, batch);
    this.reservations = new Rows(db.reservations);
    this.expiries = new Rows(db.expiries);
    this.holds = new Rows(db.holds);
    this.receipts = new Rows(db.receipts);
    this.digest = digest;
  }

  @Override
  public void putStock(StockKey item, @Nullable StockLevel before, StockLevel after) {
    digest = digest.changed(item, before, after);
    stock.put(item, after);
  }

  @Override
  public void putReservation(ReservationKey key, Reservation reservation) {
    if (reservation instanceof Reservation.Open open && open.isNew()) {
      made.add(key);
    }
    reservations.put(StateKeys.of(key), StateRecords.encode(reservation));
  }

  @Override
  public void putExpiry(long millis, ReservationKey key) {
    expiries.put(StateKeys.ofExpiry(millis, key), NO_VALUE);
  }

  @Override
  public void removeExpiry(long millis, ReservationKey key) {
    remove(expiries, StateKeys.ofExpiry(millis, key), key);
  }

  @Override
  public void putHold(StockKey item, String reservationId, long quantity) {
    holds.put(StateKeys.ofHold(item, reservationId), StateRecords.ofUnits(quantity));
  }

  @Override
  public void removeHold(StockKey item, String reservationId) {
    ReservationKey key = new ReservationKey(item.store(), reservationId);
    remove(holds, StateKeys.ofHold(item, reservationId), key);
  }

  private void remove(Rows index, byte[] row, ReservationKey reservation) {
    if (made.contains(reservation)) {
      index.takeBack(row);
    } else {
      index.delete(row);
    }
  }

  /** A closed reservation is not remembered any more. */
  void forgetReservation(ReservationKey key) {
    reservations.delete(StateKeys.of(key));
  }

  @Override
  public void putLease(StockKey item, @Nullable Lease lease) {
    byte[] key = StateKeys.of(item);
    if (lease == null) {
      put(() -> batch.delete(db.leases, key));
    } else {
      put(() -> batch.put(db.leases, key, LeaseCodec.toProto(lease).toByteArray()));
    }
  }

  @Override
  public void putStoreFrozen(String store, boolean frozen) {
    byte[] key = StateKeys.ofStore(store);
    if (frozen) {
      put(() -> batch.put(db.stores, key, StateRecords.FROZEN_STORE));
    } else {
      put(() -> batch.delete(db.stores, key));
    }
  }

  @Override
  public TransferWriter transfers() {
    return transfers;
  }

  /** Of the stock with everything that was put. */
  StateDigest digest() {
    return digest;
  }

  void putReceipt(ReceiptKey key, Receipt receipt) {
    receipts.put(StateKeys.of(key), StateRecords.encode(receipt));
  }

  void removeReceipt(ReceiptKey key) {
    receipts.delete(StateKeys.of(key));
  }

  void putBatch(long firstSequence, byte[] encoded) {
    put(() -> batch.put(db.events, StateKeys.ofSequence(firstSequence), encoded));
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record StockRow(byte[] key, StockLevel level) {}

  private void putStock() {
    stock.entrySet().stream()
        .map(entry -> new StockRow(StateKeys.of(entry.getKey()), entry.getValue()))
        .sorted((one, other) -> Arrays.compareUnsigned(one.key, other.key))
        .forEach(row -> put(() -> batch.put(db.stock, row.key, StateRecords.encode(row.level))));
    stock.clear();
  }

  /** Writes everything with the new applied state, and starts over. */
  void commit(AppliedState applied) {
    putStock();
    for (Rows rows : List.of(reservations, expiries, holds, receipts)) {
      put(() -> rows.moveTo(batch));
    }
    made.clear();
    put(() -> batch.put(db.meta, StateKeys.APPLIED, applied.encode()));
    db.write(batch);
    batch.clear();
  }

  static void put(Put put) {
    try {
      put.run();
    } catch (RocksDBException e) {
      throw new StateFault("filling a write batch failed: " + e.getMessage(), e);
    }
  }

  interface Put {
    void run() throws RocksDBException;
  }

  @Override
  public void close() {
    batch.close();
  }
}
