package dev.holdfast.store.state;

import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.store.decide.state.TransferState;
import org.jspecify.annotations.Nullable;

/** The applied state of transfers. For any thread. */
public final class StoredTransfers implements TransferState {
  private final StateStore store;

  StoredTransfers(StateStore store) {
    this.store = store;
  }

  @Override
  public @Nullable Transfer transfer(TransferKey key) {
    return store.read(db -> db.find(db.transfers, StateKeys.of(key), TransferRecords::transfer));
  }

  @Override
  public @Nullable Handover handover(HandoverKey key) {
    return store.read(db -> db.find(db.handovers, StateKeys.of(key), TransferRecords::handover));
  }

  @Override
  public OutboundChannel outbound(int destinationPartition) {
    byte[] key = StateKeys.ofOutbound(destinationPartition);
    return store.read(db -> TransferRecords.outbound(db.get(db.channels, key)));
  }

  @Override
  public InboundChannel inbound(int sourcePartition) {
    byte[] key = StateKeys.ofInbound(sourcePartition);
    return store.read(db -> TransferRecords.inbound(db.get(db.channels, key)));
  }
}
