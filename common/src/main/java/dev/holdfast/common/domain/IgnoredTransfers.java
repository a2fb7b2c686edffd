package dev.holdfast.common.domain;

/** Keeps nothing. */
final class IgnoredTransfers implements TransferChanges {
  @Override
  public void putTransfer(TransferKey key, Transfer transfer) {}

  @Override
  public void putHandover(HandoverKey key, Handover handover) {}

  @Override
  public void removeHandover(HandoverKey key) {}

  @Override
  public void putOutbound(int destinationPartition, OutboundChannel channel) {}

  @Override
  public void putInbound(int sourcePartition, InboundChannel channel) {}
}
