package dev.holdfast.common.domain;

/** What the fold of transfers writes to, besides stock. */
public interface TransferChanges {
  /** For who looks at stock only: what transfers have on the way is net shipped of its levels. */
  TransferChanges IGNORED = new IgnoredTransfers();

  void putTransfer(TransferKey key, Transfer transfer);

  void putHandover(HandoverKey key, Handover handover);

  void removeHandover(HandoverKey key);

  void putOutbound(int destinationPartition, OutboundChannel channel);

  void putInbound(int sourcePartition, InboundChannel channel);
}
