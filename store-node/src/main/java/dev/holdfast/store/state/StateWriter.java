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
import dev.holdfast.store.decide.Receipt;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The fold's target: one RocksDB write batch. Used by the applying thread only.
 *
 * <p>Of each item only the last level is written, and items go in by order of their keys: RocksDB
 * then finds the place of each next to the one before, which is most of what a write costs.
 */
final class StateWriter implements StateChanges, AutoCloseable {
  private static final byte[] NO_VALUE = {};

  private final PartitionDb db;
  private final WriteBatch batch = new WriteBatch();
  private final Map<StockKey, StockLevel> stock = new HashMap<>();
  private final TransferWriter transfers;
  private StateDigest digest;

  /**
   * @param digest of what is written already
   */
  StateWriter(PartitionDb db, StateDigest digest) {
    this.db = db;
    this.transfers = new TransferWriter(db, batch);
    this.digest = digest;
  }

  @Override
  public void putStock(StockKey item, @Nullable StockLevel before, StockLevel after) {
    digest = digest.changed(item, before, after);
    stock.put(item, after);
  }

  @Override
  public void putReservation(ReservationKey key, Reservation reservation) {
    put(() -> batch.put(db.reservations, StateKeys.of(key), StateRecords.encode(reservation)));
  }

  @Override
  public void putExpiry(long millis, ReservationKey key) {
    put(() -> batch.put(db.expiries, StateKeys.ofExpiry(millis, key), NO_VALUE));
  }

  @Override
  public void removeExpiry(long millis, ReservationKey key) {
    put(() -> batch.delete(db.expiries, StateKeys.ofExpiry(millis, key)));
  }

  @Override
  public void putHold(StockKey item, String reservationId, long quantity) {
    byte[] units = StateRecords.ofUnits(quantity);
    put(() -> batch.put(db.holds, StateKeys.ofHold(item, reservationId), units));
  }

  @Override
  public void removeHold(StockKey item, String reservationId) {
    put(() -> batch.delete(db.holds, StateKeys.ofHold(item, reservationId)));
  }

  /** A closed reservation is not remembered any more. */
  void forgetReservation(ReservationKey key) {
    put(() -> batch.delete(db.reservations, StateKeys.of(key)));
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
    put(() -> batch.put(db.receipts, StateKeys.of(key), StateRecords.encode(receipt)));
  }

  void removeReceipt(ReceiptKey key) {
    put(() -> batch.delete(db.receipts, StateKeys.of(key)));
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
