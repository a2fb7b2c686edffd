package dev.holdfast.common.domain;

/** An event about the terms of an item or a store: freezing, safety stock, deletion. */
public sealed interface TermsEvent extends Event {
  String store();

  @Override
  default EventFacts facts() {
    return EventFacts.ofStore(kind(), store());
  }

  /** The terms of an item changed; equal levels when they were so already. */
  record ItemTermsChanged(StockKey item, StockLevel before, StockLevel after)
      implements TermsEvent {
    @Override
    public String store() {
      return item.store();
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      changes.putStock(item, before, after);
    }
  }

  /** A store was frozen, or is not any more. */
  record StoreTermsChanged(String store, boolean frozenBefore, boolean frozen)
      implements TermsEvent {
    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      changes.putStoreFrozen(store, frozen);
    }
  }
}
