package dev.holdfast.store.state;

import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.store.decide.state.TransferState;
import dev.holdfast.store.state.StateKeys.Channel;
import org.jspecify.annotations.Nullable;

/** The applied state of transfers. For any thread. */
public final class StoredTransfers implements TransferState {
  private final StateStore store;

  StoredTransfers(StateStore store) {
    this.store = store;
  }

  @Override
  public @Nullable Transfer transfer(TransferKey key) {
    return store.get(Family.TRANSFERS, key);
  }

  @Override
  public @Nullable Handover handover(HandoverKey key) {
    return store.get(Family.HANDOVERS, key);
  }

  @Override
  public OutboundChannel outbound(int destinationPartition) {
    byte[] record = store.get(Family.CHANNELS, Channel.to(destinationPartition));
    return record == null ? OutboundChannel.NONE : StateRecords.OUTBOUND.decode(record);
  }

  @Override
  public InboundChannel inbound(int sourcePartition) {
    byte[] record = store.get(Family.CHANNELS, Channel.from(sourcePartition));
    return record == null ? InboundChannel.NONE : StateRecords.INBOUND.decode(record);
  }
}
