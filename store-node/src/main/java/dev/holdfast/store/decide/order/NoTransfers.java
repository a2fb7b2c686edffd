package dev.holdfast.store.decide.order;

import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferChanges;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.store.decide.state.TransferState;
import org.jspecify.annotations.Nullable;

/** Transfers as they are, where none can change. */
record NoTransfers(TransferState before) implements TransferState, TransferChanges {
  @Override
  public @Nullable Transfer transfer(TransferKey key) {
    return before.transfer(key);
  }

  @Override
  public @Nullable Handover handover(HandoverKey key) {
    return before.handover(key);
  }

  @Override
  public OutboundChannel outbound(int destinationPartition) {
    return before.outbound(destinationPartition);
  }

  @Override
  public InboundChannel inbound(int sourcePartition) {
    return before.inbound(sourcePartition);
  }

  @Override
  public void putTransfer(TransferKey key, Transfer transfer) {
    throw changed();
  }

  @Override
  public void putHandover(HandoverKey key, Handover handover) {
    throw changed();
  }

  @Override
  public void removeHandover(HandoverKey key) {
    throw changed();
  }

  @Override
  public void putOutbound(int destinationPartition, OutboundChannel channel) {
    throw changed();
  }

  @Override
  public void putInbound(int sourcePartition, InboundChannel channel) {
    throw changed();
  }

  private static IllegalStateException changed() {
    return new IllegalStateException("no operation of an order changes a transfer");
  }
}
