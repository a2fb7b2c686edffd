package dev.holdfast.store.decide.state;

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
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applied state under what has been decided since. Used by one thread; thrown away whole when a
 * proposal fails or leadership changes.
 */
public final class SpeculativeState implements DecisionState, UnindexedChanges {
  private static final int STOCK_CACHED_MAX = 50_000;

  private final DecisionState applied;
  private final Overlay<StockKey, StockLevel> stock = new Overlay<>(STOCK_CACHED_MAX);
  private final Overlay<ReservationKey, Reservation> reservations = new Overlay<>(0);
  private final Overlay<ReceiptKey, Receipt> receipts = new Overlay<>(0);
  private final SpeculativeTransfers transfers;
  private long sequence;
  private final Leases leases;
  private final Set<String> frozenStores;
  private StateDigest digest;
  private long digestRecordedAt;

  /**
   * @param leases the applied ones, or others, such as none at all when they are switched off
   */
  public SpeculativeState(
      DecisionState applied, Leases leases, long lastSequence, DigestProgress digests) {
    this.applied = applied;
    this.leases = leases.copy();
    this.frozenStores = new HashSet<>(applied.frozenStores());
    this.transfers = new SpeculativeTransfers(applied.transfers(), this::lastSequence);
    this.sequence = lastSequence;
    this.digest = digests.current();
    this.digestRecordedAt = digests.recordedAt();
  }

  /** The last sequence that was given out. */
  public long lastSequence() {
    return sequence;
  }

  /** How many events came since a digest was recorded. */
  public long eventsSinceDigest() {
    return sequence - digestRecordedAt;
  }

  /** Gives the event the next sequence and folds it in. */
  public long fold(RecordedEvent event, long timeMillis) {
    sequence++;
    event.foldInto(this, timeMillis);
    if (event.isReceipt()) {
      receipts.put(event.receiptKey(), new Receipt(sequence, event.fingerprint()), sequence);
    }
    if (event.event() instanceof Event.StateDigestRecorded) {
      digestRecordedAt = sequence;
    }
    return sequence;
  }

  /** What is applied needs no speculation any more. */
  public void prune(long appliedSequence) {
    stock.prune(appliedSequence);
    reservations.prune(appliedSequence);
    receipts.prune(appliedSequence);
    transfers.prune(appliedSequence);
  }

  @Override
  public @Nullable StockLevel stock(StockKey item) {
    Overlay.Entry<StockLevel> entry = stock.find(item);
    if (entry != null) {
      return entry.value();
    }
    StockLevel level = applied.stock(item);
    if (level != null) {
      stock.put(item, level, 0);
    }
    return level;
  }

  @Override
  public @Nullable Reservation reservation(ReservationKey key) {
    Overlay.Entry<Reservation> entry = reservations.find(key);
    return entry == null ? applied.reservation(key) : entry.value();
  }

  @Override
  public @Nullable Receipt receipt(ReceiptKey key) {
    Overlay.Entry<Receipt> entry = receipts.find(key);
    return entry == null ? applied.receipt(key) : entry.value();
  }

  @Override
  public Leases leases() {
    return leases;
  }

  @Override
  public Set<String> frozenStores() {
    return frozenStores;
  }

  @Override
  public SpeculativeTransfers transfers() {
    return transfers;
  }

  @Override
  public StateDigest digest() {
    return digest;
  }

  @Override
  public void putStock(StockKey item, @Nullable StockLevel before, StockLevel after) {
    digest = digest.changed(item, before, after);
    stock.put(item, after, sequence);
  }

  @Override
  public void putReservation(ReservationKey key, Reservation reservation) {
    reservations.put(key, reservation, sequence);
  }

  @Override
  public void putLease(StockKey item, @Nullable Lease lease) {
    leases.put(item, lease);
  }

  @Override
  public void putStoreFrozen(String store, boolean frozen) {
    if (frozen) {
      frozenStores.add(store);
    } else {
      frozenStores.remove(store);
    }
  }
}
