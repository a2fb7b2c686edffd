package dev.holdfast.common.domain;

/** The fold of what is about terms, counts and leases. */
final class TermsEvolve {
  private TermsEvolve() {}

  /** False when the event is of another area. */
  static boolean apply(Event event, StateChanges changes) {
    if (event instanceof Event.ItemTermsChanged changed) {
      changes.putStock(changed.item(), changed.before(), changed.after());
    } else if (event instanceof Event.StockCounted counted) {
      StockLevel before = counted.after().unchanged(counted.difference(), 0, 0);
      changes.putStock(counted.item(), before, counted.after());
    } else if (event instanceof Event.StoreTermsChanged changed) {
      changes.putStoreFrozen(changed.store(), changed.frozen());
    } else if (event instanceof Event.LeaseGranted granted) {
      granted.expired().forEach(item -> changes.putLease(item, null));
      changes.putLease(granted.item(), granted.lease());
    } else if (event instanceof Event.LeaseRenewed renewed) {
      changes.putLease(renewed.item(), renewed.lease());
    } else if (event instanceof Event.LeaseReleased released) {
      changes.putLease(released.item(), null);
    } else {
      return false;
    }
    return true;
  }
}
