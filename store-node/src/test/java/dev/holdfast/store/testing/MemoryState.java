package dev.holdfast.store.testing;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.ReceiptKey;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.UnindexedChanges;
import dev.holdfast.store.decide.state.DecisionState;
import dev.holdfast.store.decide.state.Leases;
import dev.holdfast.store.decide.state.Receipt;
import dev.holdfast.store.state.apply.ClosedReservations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Applied state as maps, and the log that led to it. Safe for one writer and many readers. */
public class MemoryState implements DecisionState, UnindexedChanges {
  private final Map<StockKey, StockLevel> stock = new HashMap<>();
  private final Map<ReservationKey, Reservation> reservations = new HashMap<>();
  private final Map<ReceiptKey, Receipt> receipts = new HashMap<>();
  private final Leases leases = new Leases();
  private final Set<String> frozenStores = new HashSet<>();
  private final MemoryTransfers transfers = new MemoryTransfers();
  private final List<RecordedEvent> log = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private long evictedThrough;

  public MemoryState() {}

  /** A state that holds what another one holds now. */
  public MemoryState(MemoryState other) {
    synchronized (other) {
      stock.putAll(other.stock);
      reservations.putAll(other.reservations);
      receipts.putAll(other.receipts);
      other.leases.all().forEach(leases::put);
      frozenStores.addAll(other.frozenStores);
      transfers.putAll(other.transfers);
      log.addAll(other.log);
      times.addAll(other.times);
      evictedThrough = other.evictedThrough;
    }
  }

  /** Whether both hold the same, table by table. */
  public final synchronized boolean holdsTheSameAs(MemoryState other) {
    return stock.equals(other.stock)
        && reservations.equals(other.reservations)
        && receipts.equals(other.receipts)
        && leases.all().equals(other.leases.all())
        && frozenStores.equals(other.frozenStores)
        && transfers.holdsTheSameAs(other.transfers);
  }

  /** Folds the next event of the log into the state. */
  public final synchronized void apply(RecordedEvent event, long timeMillis) {
    if (event.event() instanceof Event.StateDigestRecorded recorded
        && !recorded.digest().equals(digest())) {
      throw new AssertionError(recorded + " is not what the records add up to: " + digest());
    }
    log.add(event);
    times.add(timeMillis);
    event.foldInto(this, timeMillis);
    if (event.isReceipt()) {
      receipts.put(event.receiptKey(), new Receipt(log.size(), event.fingerprint()));
    }
    if (event.event() instanceof Event.ReceiptsEvicted evicted) {
      receipts.values().removeIf(receipt -> receipt.sequence() <= evicted.throughSequence());
      transfers.forgetClosed(evicted.throughSequence());
      forgetClosed(evicted.throughSequence());
    }
  }

  /** Reservations are forgotten with the receipts up to the event that closed them. */
  private void forgetClosed(long throughSequence) {
    ClosedReservations closed = new ClosedReservations(reservations::remove);
    for (long sequence = evictedThrough + 1; sequence <= throughSequence; sequence++) {
      closed.see(log.get((int) sequence - 1));
    }
    evictedThrough = Math.max(evictedThrough, throughSequence);
  }

  public final synchronized List<RecordedEvent> log() {
    return List.copyOf(log);
  }

  public final synchronized long sequence() {
    return log.size();
  }

  /** Receipts up to this sequence are forgotten. */
  public final synchronized long evictedThrough() {
    return evictedThrough;
  }

  /** Where the last digest stands in the log, 0 when there is none. */
  public final synchronized long digestRecordedAt() {
    for (int i = log.size(); i > 0; i--) {
      if (log.get(i - 1).event() instanceof Event.StateDigestRecorded) {
        return i;
      }
    }
    return 0;
  }

  /** Added up anew from all records each time. */
  @Override
  public synchronized StateDigest digest() {
    StateDigest sum = StateDigest.EMPTY;
    for (Map.Entry<StockKey, StockLevel> each : stock.entrySet()) {
      sum = sum.with(each.getKey(), each.getValue());
    }
    return sum;
  }

  /** When an event was decided. */
  public final synchronized long timeMillis(long sequence) {
    return times.get((int) sequence - 1);
  }

  public synchronized RecordedEvent event(long sequence) {
    return log.get((int) sequence - 1);
  }

  public final synchronized Map<StockKey, StockLevel> allStock() {
    return Map.copyOf(stock);
  }

  public final synchronized Map<ReservationKey, Reservation> allReservations() {
    return Map.copyOf(reservations);
  }

  public final synchronized Map<ReceiptKey, Receipt> allReceipts() {
    return Map.copyOf(receipts);
  }

  @Override
  public final MemoryTransfers transfers() {
    return transfers;
  }

  @Override
  public synchronized @Nullable StockLevel stock(StockKey item) {
    return stock.get(item);
  }

  @Override
  public synchronized @Nullable Reservation reservation(ReservationKey key) {
    return reservations.get(key);
  }

  @Override
  public synchronized @Nullable Receipt receipt(ReceiptKey key) {
    return receipts.get(key);
  }

  @Override
  public final synchronized void putStock(
      StockKey item, @Nullable StockLevel before, StockLevel level) {
    stock.put(item, level);
  }

  @Override
  public final synchronized void putReservation(ReservationKey key, Reservation reservation) {
    reservations.put(key, reservation);
  }

  @Override
  public synchronized Leases leases() {
    return leases.copy();
  }

  @Override
  public synchronized Set<String> frozenStores() {
    return Set.copyOf(frozenStores);
  }

  @Override
  public final synchronized void putLease(StockKey item, @Nullable Lease lease) {
    leases.put(item, lease);
  }

  @Override
  public final synchronized void putStoreFrozen(String store, boolean frozen) {
    if (frozen) {
      frozenStores.add(store);
    } else {
      frozenStores.remove(store);
    }
  }
}
