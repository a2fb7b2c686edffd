package dev.holdfast.store.state;

import dev.holdfast.common.codec.TransferCodec;
import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferChanges;
import dev.holdfast.common.domain.TransferKey;
import org.rocksdb.WriteBatch;

/** The part of {@link StateWriter} that is about transfers. */
final class TransferWriter implements TransferChanges {
  private final PartitionDb db;
  private final WriteBatch batch;
  private boolean changedChannels;

  TransferWriter(PartitionDb db, WriteBatch batch) {
    this.db = db;
    this.batch = batch;
  }

  /** Whether a channel was put. */
  boolean changedChannels() {
    return changedChannels;
  }

  @Override
  public void putTransfer(TransferKey key, Transfer transfer) {
    byte[] record = TransferCodec.toProto(transfer).toByteArray();
    StateWriter.put(() -> batch.put(db.transfers, StateKeys.of(key), record));
  }

  void removeTransfer(TransferKey key) {
    StateWriter.put(() -> batch.delete(db.transfers, StateKeys.of(key)));
  }

  @Override
  public void putHandover(HandoverKey key, Handover handover) {
    byte[] record = TransferCodec.toProto(handover).toByteArray();
    StateWriter.put(() -> batch.put(db.handovers, StateKeys.of(key), record));
  }

  @Override
  public void removeHandover(HandoverKey key) {
    StateWriter.put(() -> batch.delete(db.handovers, StateKeys.of(key)));
  }

  @Override
  public void putOutbound(int destinationPartition, OutboundChannel channel) {
    changedChannels = true;
    byte[] key = StateKeys.ofOutbound(destinationPartition);
    StateWriter.put(
        () -> batch.put(db.channels, key, TransferCodec.toProto(channel).toByteArray()));
  }

  @Override
  public void putInbound(int sourcePartition, InboundChannel channel) {
    byte[] key = StateKeys.ofInbound(sourcePartition);
    StateWriter.put(
        () -> batch.put(db.channels, key, TransferCodec.toProto(channel).toByteArray()));
  }
}
