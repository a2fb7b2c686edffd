package dev.holdfast.common.codec;

import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferChanges;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.common.domain.UnindexedChanges;
import org.jspecify.annotations.Nullable;

/** Counts what the fold writes. */
final class CollectedChanges implements UnindexedChanges, TransferChanges {
  int stockWrites;
  int reservationWrites;
  int leaseWrites;
  int storeWrites;
  int transferWrites;

  @Override
  public void putStock(StockKey item, @Nullable StockLevel before, StockLevel level) {
    stockWrites++;
  }

  @Override
  public void putReservation(ReservationKey key, Reservation reservation) {
    reservationWrites++;
  }

  @Override
  public void putLease(StockKey item, @Nullable Lease lease) {
    leaseWrites++;
  }

  @Override
  public void putStoreFrozen(String store, boolean frozen) {
    storeWrites++;
  }

  @Override
  public TransferChanges transfers() {
    return this;
  }

  @Override
  public void putTransfer(TransferKey key, Transfer transfer) {
    transferWrites++;
  }

  @Override
  public void putHandover(HandoverKey key, Handover handover) {
    transferWrites++;
  }

  @Override
  public void removeHandover(HandoverKey key) {
    transferWrites++;
  }

  @Override
  public void putOutbound(int destinationPartition, OutboundChannel channel) {
    transferWrites++;
  }

  @Override
  public void putInbound(int sourcePartition, InboundChannel channel) {
    transferWrites++;
  }
}
