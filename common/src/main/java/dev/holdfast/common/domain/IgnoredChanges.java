package dev.holdfast.common.domain;

import org.jspecify.annotations.Nullable;

/** Ignores all changes: whoever looks at some of them overrides those. */
public abstract class IgnoredChanges implements UnindexedChanges, TransferChanges {
  @Override
  public void putStock(StockKey item, @Nullable StockLevel before, StockLevel after) {}

  @Override
  public void putReservation(ReservationKey key, Reservation reservation) {}

  @Override
  public void putLease(StockKey item, @Nullable Lease lease) {}

  @Override
  public void putStoreFrozen(String store, boolean frozen) {}

  @Override
  public TransferChanges transfers() {
    return this;
  }

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
