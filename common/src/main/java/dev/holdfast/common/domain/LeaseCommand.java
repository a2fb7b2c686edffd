package dev.holdfast.common.domain;

/** A command about the lease of an item. */
public sealed interface LeaseCommand extends Command.OfItem {

  /**
   * Take the lease, or keep it for longer when it is the holder's already.
   *
   * @param leasesMax of a partition
   */
  record AcquireLease(StockKey item, String holder, long ttlMillis, int leasesMax)
      implements LeaseCommand {}

  /** Keep it for longer, from now on. */
  record RenewLease(StockKey item, long token, long ttlMillis) implements LeaseCommand {}

  /** Give it back. */
  record ReleaseLease(StockKey item, long token) implements LeaseCommand {}
}
