package dev.holdfast.common.net;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Counts the logins of one kind that failed from each address: bad tokens, or handshakes. An
 * address with too many of them has no further ones looked at for a while, so that a flood takes
 * little of the time of others. Any thread.
 */
public final class FailedLogins {
  /** So many cost a tenth of a core, at the millisecond of a handshake or of a token by ES256. */
  private static final int PER_SECOND = 100;

  public static final int BURST = 200;
  private static final int ADDRESSES_MAX = 10_000;
  private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(10);
  private static final double SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoClock;
  private final Cache<String, Allowance> byAddress =
      CacheBuilder.newBuilder()
          .maximumSize(ADDRESSES_MAX)
          .expireAfterAccess(FORGOTTEN_AFTER)
          .build();

  public FailedLogins(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  public boolean areTooMany(String address) {
    Allowance allowance = byAddress.getIfPresent(address);
    return allowance != null && allowance.left(nanoClock.getAsLong()) < 1;
  }

  public void add(String address) {
    long now = nanoClock.getAsLong();
    Allowance known = byAddress.getIfPresent(address);
    Allowance allowance = known == null ? new Allowance(now) : known;
    allowance.take(now);
    if (known == null) { // of two at the same time one is forgotten: it is about hundreds
      byAddress.put(address, allowance);
    }
  }

  private static final class Allowance {
    private double left = BURST;
    private long atNanos;

    Allowance(long nowNanos) {
      atNanos = nowNanos;
    }

    synchronized double left(long nowNanos) {
      double grown = left + (nowNanos - atNanos) / SECOND_NANOS * PER_SECOND;
      left = Math.min(BURST, grown);
      atNanos = nowNanos;
      return left;
    }

    synchronized void take(long nowNanos) {
      left = Math.max(0, left(nowNanos) - 1);
    }
  }
}
