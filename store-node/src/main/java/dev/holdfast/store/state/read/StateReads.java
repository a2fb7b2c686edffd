package dev.holdfast.store.state.read;

import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.common.domain.ReceiptKey;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.store.commit.AppliedView;
import dev.holdfast.store.decide.state.Leases;
import dev.holdfast.store.decide.state.Receipt;
import dev.holdfast.store.decide.state.TransferState;
import dev.holdfast.store.state.db.AppliedState;
import dev.holdfast.store.state.db.Family;
import dev.holdfast.store.state.db.PartitionDb;
import dev.holdfast.store.state.db.StateKeys.Channel;
import dev.holdfast.store.state.db.StateRecords;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.Snapshot;

/** Reads of a replica's applied state. For any thread. */
public interface StateReads extends AppliedView, TransferState {
  /** How far the replica got. */
  AppliedState applied();

  /** The first event sequence that the log still holds, 1 when it is empty. */
  long earliestSequence();

  /** Rises when hand-overs came or were answered. */
  long channelChanges();

  /** Reads the database; its iterators must be closed before this returns. */
  <T extends @Nullable Object> T read(Function<PartitionDb, T> reading);

  /**
   * Reads at one place in the log, whatever is applied meanwhile: with the options that the reading
   * is given, and with no others.
   */
  default <T extends @Nullable Object> T readSnapshot(
      BiFunction<PartitionDb, ReadOptions, T> reading) {
    return read(
        db -> {
          Snapshot snapshot = db.db().getSnapshot();
          try (ReadOptions options = new ReadOptions().setSnapshot(snapshot)) {
            return reading.apply(db, options);
          } finally {
            db.db().releaseSnapshot(snapshot);
          }
        });
  }

  /** Reads one row. */
  default <K, V> @Nullable V get(Family<K, V> family, K key) {
    return read(db -> db.table(family).get(key));
  }

  /**
   * Walks encoded batches, from the one that holds a sequence on, while the visitor says true. It
   * must be quick: a snapshot cannot be installed meanwhile.
   */
  default void forEachBatch(long fromSequence, BiPredicate<Long, byte[]> visitor) {
    read(
        db -> {
          db.log().forEachBatch(fromSequence, visitor);
          return null;
        });
  }

  @Override
  default LogEnd logEnd() {
    return applied().logEnd();
  }

  @Override
  default Past past(long sequence) {
    return read(db -> db.log().past(sequence));
  }

  @Override
  default StateDigest digest() {
    return applied().digests().current();
  }

  @Override
  default @Nullable StockLevel stock(StockKey item) {
    return get(Family.STOCK, item);
  }

  @Override
  default @Nullable Reservation reservation(ReservationKey key) {
    return get(Family.RESERVATIONS, key);
  }

  @Override
  default @Nullable Receipt receipt(ReceiptKey key) {
    return get(Family.RECEIPTS, key);
  }

  @Override
  default Leases leases() {
    Leases leases = new Leases();
    return read(
        db -> {
          db.table(Family.LEASES).forEach(db.latest(), leases::put);
          return leases;
        });
  }

  /** The lease of an item, run out or not. */
  default @Nullable Lease lease(StockKey item) {
    return get(Family.LEASES, item);
  }

  @Override
  default Set<String> frozenStores() {
    return read(db -> db.table(Family.STORES).keys(db.latest(), frozen -> frozen));
  }

  @Override
  default TransferState transfers() {
    return this;
  }

  @Override
  default @Nullable Transfer transfer(TransferKey key) {
    return get(Family.TRANSFERS, key);
  }

  @Override
  default @Nullable Handover handover(HandoverKey key) {
    return get(Family.HANDOVERS, key);
  }

  @Override
  default OutboundChannel outbound(int destinationPartition) {
    byte[] record = get(Family.CHANNELS, Channel.to(destinationPartition));
    return record == null ? OutboundChannel.NONE : StateRecords.OUTBOUND.decode(record);
  }

  @Override
  default InboundChannel inbound(int sourcePartition) {
    byte[] record = get(Family.CHANNELS, Channel.from(sourcePartition));
    return record == null ? InboundChannel.NONE : StateRecords.INBOUND.decode(record);
  }

  /** A number that RocksDB knows of itself, summed over the column families. */
  default long property(String name) {
    return read(db -> db.sum("rocksdb." + name));
  }
}
