package dev.holdfast.store.decide.state;

import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferChanges;
import dev.holdfast.common.domain.TransferKey;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The part of {@link SpeculativeState} that is about transfers. */
final class SpeculativeTransfers implements TransferState, TransferChanges {
  private final TransferState applied;
  private final LongSupplier sequence;
  private final Overlay<TransferKey, Transfer> transfers = new Overlay<>(0);
  private final Overlay<HandoverKey, Handover> handovers = new Overlay<>(0);
  private final Overlay<Integer, OutboundChannel> outbound = new Overlay<>(0);
  private final Overlay<Integer, InboundChannel> inbound = new Overlay<>(0);

  /**
   * @param sequence of the event that is folded
   */
  SpeculativeTransfers(TransferState applied, LongSupplier sequence) {
    this.applied = applied;
    this.sequence = sequence;
  }

  void prune(long appliedSequence) {
    transfers.prune(appliedSequence);
    handovers.prune(appliedSequence);
    outbound.prune(appliedSequence);
    inbound.prune(appliedSequence);
  }

  @Override
  public @Nullable Transfer transfer(TransferKey key) {
    Overlay.Entry<Transfer> entry = transfers.find(key);
    return entry == null ? applied.transfer(key) : entry.value();
  }

  @Override
  public @Nullable Handover handover(HandoverKey key) {
    Overlay.Entry<Handover> entry = handovers.find(key);
    return entry == null ? applied.handover(key) : entry.value();
  }

  @Override
  public OutboundChannel outbound(int destinationPartition) {
    Overlay.Entry<OutboundChannel> entry = outbound.find(destinationPartition);
    OutboundChannel channel = entry == null ? null : entry.value();
    return channel == null ? applied.outbound(destinationPartition) : channel;
  }

  @Override
  public InboundChannel inbound(int sourcePartition) {
    Overlay.Entry<InboundChannel> entry = inbound.find(sourcePartition);
    InboundChannel channel = entry == null ? null : entry.value();
    return channel == null ? applied.inbound(sourcePartition) : channel;
  }

  @Override
  public void putTransfer(TransferKey key, Transfer transfer) {
    transfers.put(key, transfer, sequence.getAsLong());
  }

  @Override
  public void putHandover(HandoverKey key, Handover handover) {
    handovers.put(key, handover, sequence.getAsLong());
  }

  @Override
  public void removeHandover(HandoverKey key) {
    handovers.put(key, null, sequence.getAsLong());
  }

  @Override
  public void putOutbound(int destinationPartition, OutboundChannel channel) {
    outbound.put(destinationPartition, channel, sequence.getAsLong());
  }

  @Override
  public void putInbound(int sourcePartition, InboundChannel channel) {
    inbound.put(sourcePartition, channel, sequence.getAsLong());
  }
}
