package dev.holdfast.store.decide.order;

import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.ReceiptKey;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.UnindexedChanges;
import dev.holdfast.store.decide.state.DecisionState;
import dev.holdfast.store.decide.state.Leases;
import dev.holdfast.store.decide.state.Receipt;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A state under the first operations of an order; thrown away when a later one fails. */
final class StepState implements DecisionState, UnindexedChanges {
  private final DecisionState before;
  private final Map<StockKey, StockLevel> stock = new HashMap<>();
  private final Map<ReservationKey, Reservation> reservations = new HashMap<>();
  private int changes;

  StepState(DecisionState before) {
    this.before = before;
  }

  /** Changes of items so far. */
  int changes() {
    return changes;
  }

  @Override
  public @Nullable StockLevel stock(StockKey item) {
    StockLevel level = stock.get(item);
    return level != null ? level : before.stock(item);
  }

  @Override
  public @Nullable Reservation reservation(ReservationKey key) {
    Reservation reservation = reservations.get(key);
    return reservation != null ? reservation : before.reservation(key);
  }

  @Override
  public @Nullable Receipt receipt(ReceiptKey key) {
    return before.receipt(key);
  }

  @Override
  public StateDigest digest() {
    return before.digest();
  }

  @Override
  public Leases leases() {
    return before.leases();
  }

  @Override
  public Set<String> frozenStores() {
    return before.frozenStores();
  }

  @Override
  public void putStock(StockKey item, @Nullable StockLevel told, StockLevel after) {
    stock.put(item, after);
    changes++;
  }

  @Override
  public void putReservation(ReservationKey key, Reservation reservation) {
    reservations.put(key, reservation);
  }

  @Override
  public NoTransfers transfers() {
    return new NoTransfers(before.transfers());
  }

  @Override
  public void putLease(StockKey item, @Nullable Lease lease) {
    throw new IllegalStateException("no operation of an order changes a lease");
  }

  @Override
  public void putStoreFrozen(String store, boolean frozen) {
    throw new IllegalStateException("no operation of an order freezes a store");
  }
}
