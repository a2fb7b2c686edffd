package dev.holdfast.store.state.apply;

import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.common.domain.ReceiptKey;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StateChanges;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferChanges;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.store.decide.state.Receipt;
import dev.holdfast.store.state.db.AppliedState;
import dev.holdfast.store.state.db.Family;
import dev.holdfast.store.state.db.PartitionDb;
import dev.holdfast.store.state.db.StateKeys;
import dev.holdfast.store.state.db.StateKeys.Channel;
import dev.holdfast.store.state.db.StateRecords;
import dev.holdfast.store.state.db.Table;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rocksdb.WriteBatch;

/**
 * The fold's target: one RocksDB write batch. Used by the applying thread only.
 *
 * <p>Of each item, and of each row of a reservation, only the last is written, by order of the
 * keys: RocksDB then finds the place of each next to the one before, which is most of what a write
 * costs. Index rows of a reservation that comes and goes within one write are not written at all.
 */
final class StateWriter implements StateChanges, TransferChanges, AutoCloseable {
  private static final byte[] NO_VALUE = {};

  private final PartitionDb db;
  private final WriteBatch batch = new WriteBatch();
  private final Map<StockKey, StockLevel> stock = new HashMap<>();
  private final Set<ReservationKey> made = new HashSet<>();
  private final Rows reservations;
  private final Rows expiries;
  private final Rows holds;
  private final Rows receipts;
  private final Table<StockKey, StockLevel> stockTable;
  private boolean changedChannels;
  private StateDigest digest;

  /**
   * @param digest of what is written already
   */
  StateWriter(PartitionDb db, StateDigest digest) {
    this.db = db;
    this.stockTable = db.table(Family.STOCK);
    this.reservations = new Rows(db.table(Family.RESERVATIONS));
    this.expiries = new Rows(db.table(Family.EXPIRIES));
    this.holds = new Rows(db.table(Family.HOLDS));
    this.receipts = new Rows(db.table(Family.RECEIPTS));
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
    if (lease == null) {
      db.table(Family.LEASES).delete(batch, item);
    } else {
      db.table(Family.LEASES).put(batch, item, lease);
    }
  }

  @Override
  public void putStoreFrozen(String store, boolean frozen) {
    if (frozen) {
      db.table(Family.STORES).put(batch, store, true);
    } else {
      db.table(Family.STORES).delete(batch, store);
    }
  }

  @Override
  public TransferChanges transfers() {
    return this;
  }

  @Override
  public void putTransfer(TransferKey key, Transfer transfer) {
    db.table(Family.TRANSFERS).put(batch, key, transfer);
  }

  void removeTransfer(TransferKey key) {
    db.table(Family.TRANSFERS).delete(batch, key);
  }

  @Override
  public void putHandover(HandoverKey key, Handover handover) {
    db.table(Family.HANDOVERS).put(batch, key, handover);
  }

  @Override
  public void removeHandover(HandoverKey key) {
    db.table(Family.HANDOVERS).delete(batch, key);
  }

  @Override
  public void putOutbound(int destinationPartition, OutboundChannel channel) {
    changedChannels = true;
    putChannel(Channel.to(destinationPartition), StateRecords.OUTBOUND.encode(channel));
  }

  @Override
  public void putInbound(int sourcePartition, InboundChannel channel) {
    putChannel(Channel.from(sourcePartition), StateRecords.INBOUND.encode(channel));
  }

  private void putChannel(Channel channel, byte[] record) {
    db.table(Family.CHANNELS).put(batch, channel, record);
  }

  /** Whether hand-overs came, or were answered. */
  boolean changedChannels() {
    return changedChannels;
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
    db.table(Family.EVENTS).put(batch, firstSequence, encoded);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record StockRow(byte[] key, StockLevel level) {}

  private void putStock() {
    stock.entrySet().stream()
        .map(entry -> new StockRow(StateKeys.of(entry.getKey()), entry.getValue()))
        .sorted((one, other) -> Arrays.compareUnsigned(one.key, other.key))
        .forEach(row -> stockTable.putEncoded(batch, row.key, StateRecords.encode(row.level)));
    stock.clear();
  }

  /** Writes everything with the new applied state, and starts over. */
  void commit(AppliedState applied) {
    putStock();
    for (Rows rows : List.of(reservations, expiries, holds, receipts)) {
      rows.moveTo(batch);
    }
    made.clear();
    db.table(Family.META).put(batch, StateKeys.APPLIED, applied.encode());
    FailPoint.STATE_WRITE.reach();
    db.write(batch);
    batch.clear();
  }

  @Override
  public void close() {
    batch.close();
  }
}
