package dev.holdfast.store.state;

import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.store.decide.TransferState;
import org.jspecify.annotations.Nullable;

/** The applied state of transfers. For any thread. */
public final class StoredTransfers implements TransferState {
  private final StateStore store;

  StoredTransfers(StateStore store) {
    this.store = store;
  }

  @Override
  public @Nullable Transfer transfer(TransferKey key) {
    byte[] value = store.read(db -> db.get(db.transfers, StateKeys.of(key)));
    return value == null ? null : TransferRecords.transfer(value);
  }

  @Override
  public @Nullable Handover handover(HandoverKey key) {
    byte[] value = store.read(db -> db.get(db.handovers, StateKeys.of(key)));
    return value == null ? null : TransferRecords.handover(value);
  }

  @Override
  public OutboundChannel outbound(int destinationPartition) {
    byte[] key = StateKeys.ofOutbound(destinationPartition);
    return TransferRecords.outbound(store.read(db -> db.get(db.channels, key)));
  }

  @Override
  public InboundChannel inbound(int sourcePartition) {
    byte[] key = StateKeys.ofInbound(sourcePartition);
    return TransferRecords.inbound(store.read(db -> db.get(db.channels, key)));
  }
}
