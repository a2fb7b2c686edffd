package dev.holdfast.store.api;

import dev.holdfast.common.answer.LevelAnswer;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.LeaseEvent;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.TermsEvent;
import dev.holdfast.proto.inventory.v1.Accepted;

/** Events of terms, counts and leases to answers. */
final class TermsAnswers {
  private TermsAnswers() {}

  /** False when the event is of another area. */
  static boolean fill(Accepted.Builder accepted, Event event) {
    if (event instanceof TermsEvent.ItemTermsChanged changed) {
      accepted.addStock(LevelAnswer.of(changed.item(), changed.after()));
    } else if (event instanceof Event.StockCounted counted) {
      accepted.addStock(LevelAnswer.of(counted.item(), counted.after()));
      accepted.setCountDifference(counted.difference());
    } else if (event instanceof LeaseEvent.LeaseGranted granted) {
      accepted.setLease(lease(granted.item(), granted.lease()));
    } else if (event instanceof LeaseEvent.LeaseRenewed renewed) {
      accepted.setLease(lease(renewed.item(), renewed.lease()));
    } else {
      return event instanceof LeaseEvent.LeaseReleased
          || event instanceof TermsEvent.StoreTermsChanged;
    }
    return true;
  }

  static dev.holdfast.proto.inventory.v1.Lease lease(StockKey item, Lease lease) {
    return dev.holdfast.proto.inventory.v1.Lease.newBuilder()
        .setStore(item.store())
        .setSku(item.sku())
        .setHolder(lease.holder())
        .setToken(lease.token())
        .setExpiresMillis(lease.expiresMillis())
        .build();
  }
}
