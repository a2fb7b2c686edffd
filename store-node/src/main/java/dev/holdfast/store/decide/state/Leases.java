package dev.holdfast.store.decide.state;

import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.StockKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The leases of a partition, those that ran out among them until they are swept. All in memory, so
 * that a command costs no read for them. For one thread.
 */
public final class Leases {
  private record Expiry(long millis, StockKey item) {}

  private final Map<StockKey, Lease> byItem = new HashMap<>();
  private final TreeSet<Expiry> byExpiry =
      new TreeSet<>(
          Comparator.comparingLong(Expiry::millis)
              .thenComparing(expiry -> expiry.item().store())
              .thenComparing(expiry -> expiry.item().sku()));

  private final boolean lookedAt;

  public Leases() {
    this(true);
  }

  private Leases(boolean lookedAt) {
    this.lookedAt = lookedAt;
  }

  /**
   * For where leases are switched off: there are none, and no token is asked what it stands for.
   */
  public static Leases ignored() {
    return new Leases(false);
  }

  /** Whether leases keep anything from anybody. */
  public boolean areLookedAt() {
    return lookedAt;
  }

  public boolean isEmpty() {
    return byItem.isEmpty();
  }

  /** The lease of an item if it lasts still. */
  public @Nullable Lease live(StockKey item, long nowMillis) {
    Lease lease = byItem.get(item);
    return lease != null && lease.isLive(nowMillis) ? lease : null;
  }

  /** Sets an item's lease; null takes it away. */
  public void put(StockKey item, @Nullable Lease lease) {
    Lease before = byItem.remove(item);
    if (before != null) {
      byExpiry.remove(new Expiry(before.expiresMillis(), item));
    }
    if (lease != null) {
      byItem.put(item, lease);
      byExpiry.add(new Expiry(lease.expiresMillis(), item));
    }
  }

  /** Items whose leases ran out first, up to a number. */
  public List<StockKey> expired(long nowMillis, int max) {
    return byExpiry.stream()
        .takeWhile(expiry -> expiry.millis() <= nowMillis)
        .limit(max)
        .map(Expiry::item)
        .toList();
  }

  /** Whether so many leases last still. */
  public boolean hasLive(int count, long nowMillis) {
    return byItem.size() >= count
        && byExpiry.descendingSet().stream()
                .takeWhile(expiry -> expiry.millis() > nowMillis)
                .limit(count)
                .count()
            >= count;
  }

  public Leases copy() {
    Leases copy = new Leases(lookedAt);
    byItem.forEach(copy::put);
    return copy;
  }

  /** By item; a copy. */
  public Map<StockKey, Lease> all() {
    return Map.copyOf(byItem);
  }
}
