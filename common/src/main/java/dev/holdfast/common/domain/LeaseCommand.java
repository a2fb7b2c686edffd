package dev.holdfast.common.domain;

/** A command about the lease of an item. */
public sealed interface LeaseCommand extends Command.Mutation {
  StockKey item();

  @Override
  default String store() {
    return item().store();
  }

  @Override
  default int lineCount() {
    return 1;
  }

  /**
   * Take the lease, or keep it for longer when it is the holder's already.
   *
   * @param leasesMax of a partition
   */
  record AcquireLease(StockKey item, String holder, long ttlMillis, int leasesMax)
      implements LeaseCommand {
    @Override
    public CommandKind kind() {
      return CommandKind.ACQUIRE_LEASE;
    }
  }

  /** Keep it for longer, from now on. */
  record RenewLease(StockKey item, long token, long ttlMillis) implements LeaseCommand {
    @Override
    public CommandKind kind() {
      return CommandKind.RENEW_LEASE;
    }
  }

  /** Give it back. */
  record ReleaseLease(StockKey item, long token) implements LeaseCommand {
    @Override
    public CommandKind kind() {
      return CommandKind.RELEASE_LEASE;
    }
  }
}
