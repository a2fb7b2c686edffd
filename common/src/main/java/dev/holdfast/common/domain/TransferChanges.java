package dev.holdfast.common.domain;

/** Sink of the fold for transfer state. What transfers do to stock goes to {@link StateChanges}. */
public interface TransferChanges {
  void putTransfer(TransferKey key, Transfer transfer);

  void putHandover(HandoverKey key, Handover handover);

  void removeHandover(HandoverKey key);

  void putOutbound(int destinationPartition, OutboundChannel channel);

  void putInbound(int sourcePartition, InboundChannel channel);
}
