package dev.holdfast.common.domain;

import java.util.List;

/** An event about the lease of an item. */
public sealed interface LeaseEvent extends Event {
  StockKey item();

  @Override
  default EventFacts facts() {
    return new EventFacts(kind(), item().store(), item().sku(), "", "");
  }

  /** A holder has the lease: also when it asked for a lease that it held already. */
  sealed interface Held extends LeaseEvent permits LeaseGranted, LeaseRenewed {
    Lease lease();
  }

  /**
   * A lease went to a holder.
   *
   * @param expired items whose leases had run out and are forgotten
   */
  record LeaseGranted(StockKey item, Lease lease, List<StockKey> expired) implements Held {
    public LeaseGranted {
      expired = List.copyOf(expired);
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      expired.forEach(each -> changes.putLease(each, null));
      changes.putLease(item, lease);
    }
  }

  /** A lease lasts longer. */
  record LeaseRenewed(StockKey item, Lease lease) implements Held {
    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      changes.putLease(item, lease);
    }
  }

  /** A lease was given back. */
  record LeaseReleased(StockKey item, long token) implements LeaseEvent {
    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      changes.putLease(item, null);
    }
  }
}
