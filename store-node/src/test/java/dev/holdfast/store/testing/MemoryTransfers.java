package dev.holdfast.store.testing;

import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferChanges;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.store.decide.state.TransferState;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of {@link MemoryState} that is about transfers. */
public final class MemoryTransfers implements TransferState, TransferChanges {
  private final Map<TransferKey, Transfer> transfers = new HashMap<>();
  private final Map<HandoverKey, Handover> handovers = new HashMap<>();
  private final Map<Integer, OutboundChannel> outbound = new HashMap<>();
  private final Map<Integer, InboundChannel> inbound = new HashMap<>();

  synchronized void putAll(MemoryTransfers other) {
    transfers.putAll(other.transfers);
    handovers.putAll(other.handovers);
    outbound.putAll(other.outbound);
    inbound.putAll(other.inbound);
  }

  synchronized boolean holdsTheSameAs(MemoryTransfers other) {
    return transfers.equals(other.transfers)
        && handovers.equals(other.handovers)
        && outbound.equals(other.outbound)
        && inbound.equals(other.inbound);
  }

  synchronized void forgetClosed(long throughSequence) {
    transfers
        .values()
        .removeIf(transfer -> !transfer.isOpen() && transfer.closedAt() <= throughSequence);
  }

  public synchronized Map<TransferKey, Transfer> all() {
    return Map.copyOf(transfers);
  }

  public synchronized Map<HandoverKey, Handover> allHandovers() {
    return Map.copyOf(handovers);
  }

  @Override
  public synchronized @Nullable Transfer transfer(TransferKey key) {
    return transfers.get(key);
  }

  @Override
  public synchronized @Nullable Handover handover(HandoverKey key) {
    return handovers.get(key);
  }

  @Override
  public synchronized OutboundChannel outbound(int destinationPartition) {
    return outbound.getOrDefault(destinationPartition, OutboundChannel.NONE);
  }

  @Override
  public synchronized InboundChannel inbound(int sourcePartition) {
    return inbound.getOrDefault(sourcePartition, InboundChannel.NONE);
  }

  @Override
  public synchronized void putTransfer(TransferKey key, Transfer transfer) {
    transfers.put(key, transfer);
  }

  @Override
  public synchronized void putHandover(HandoverKey key, Handover handover) {
    handovers.put(key, handover);
  }

  @Override
  public synchronized void removeHandover(HandoverKey key) {
    handovers.remove(key);
  }

  @Override
  public synchronized void putOutbound(int destinationPartition, OutboundChannel channel) {
    outbound.put(destinationPartition, channel);
  }

  @Override
  public synchronized void putInbound(int sourcePartition, InboundChannel channel) {
    inbound.put(sourcePartition, channel);
  }
}
