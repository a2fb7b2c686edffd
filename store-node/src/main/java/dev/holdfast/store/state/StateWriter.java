package dev.holdfast.store.state;

import dev.holdfast.common.domain.ReceiptKey;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StateChanges;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.decide.Receipt;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** The fold's target: one RocksDB write batch. Used by the applying thread only. */
final class StateWriter implements StateChanges, AutoCloseable {
  private final PartitionDb db;
  private final WriteBatch batch = new WriteBatch();
  private StateDigest digest;

  /**
   * @param digest of what is written already
   */
  StateWriter(PartitionDb db, StateDigest digest) {
    this.db = db;
    this.digest = digest;
  }

  @Override
  public void putStock(StockKey item, @Nullable StockLevel before, StockLevel after) {
    digest = digest.changed(item, before, after);
    put(() -> batch.put(db.stock, StateKeys.of(item), StateRecords.encode(after)));
  }

  @Override
  public void putReservation(ReservationKey key, Reservation reservation) {
    put(() -> batch.put(db.reservations, StateKeys.of(key), StateRecords.encode(reservation)));
  }

  @Override
  public void removeReservation(ReservationKey key) {
    put(() -> batch.delete(db.reservations, StateKeys.of(key)));
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

  /** Writes everything with the new applied state, and starts over. */
  void commit(AppliedState applied) {
    put(() -> batch.put(db.meta, StateKeys.APPLIED, applied.encode()));
    db.write(batch);
    batch.clear();
  }

  private static void put(Put put) {
    try {
      put.run();
    } catch (RocksDBException e) {
      throw new StateFault("filling a write batch failed: " + e.getMessage(), e);
    }
  }

  private interface Put {
    void run() throws RocksDBException;
  }

  @Override
  public void close() {
    batch.close();
  }
}
