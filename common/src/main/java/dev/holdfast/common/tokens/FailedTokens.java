package dev.holdfast.common.tokens;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Counts the bad tokens that came from each address. An address with too many of them has no
 * further ones verified for a while, so that a flood takes little of the time of others. Any
 * thread.
 */
final class FailedTokens {
  /** Verifying so many bad tokens costs a tenth of a core, at the millisecond of ES256. */
  static final int PER_SECOND = 100;

  static final int BURST = 200;
  private static final int ADDRESSES_MAX = 10_000;
  private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(10);
  private static final double SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoClock;
  private final Cache<String, Allowance> byAddress =
      CacheBuilder.newBuilder()
          .maximumSize(ADDRESSES_MAX)
          .expireAfterAccess(FORGOTTEN_AFTER)
          .build();

  FailedTokens(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  boolean areTooMany(String address) {
    Allowance allowance = byAddress.getIfPresent(address);
    return allowance != null && allowance.left(nanoClock.getAsLong()) < 1;
  }

  void add(String address) {
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
