package dev.holdfast.store.partition;

import dev.holdfast.common.domain.CommandKind;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.LeaseEvent;
import dev.holdfast.common.domain.TermsEvent;
import dev.holdfast.common.domain.TransferEvent;
import org.jspecify.annotations.Nullable;

/** Which kind of command an event accepted, for counting. */
final class AcceptedKinds {
  private AcceptedKinds() {}

  /** Null for an event of terms, counts, orders and leases that no command led to. */
  static @Nullable CommandKind of(Event event) {
    if (event instanceof Event.OrderExecuted) {
      return CommandKind.SUBMIT_ORDER;
    }
    if (event instanceof Event.StockCounted) {
      return CommandKind.COUNT_STOCK;
    }
    if (event instanceof TermsEvent.ItemTermsChanged changed) {
      return of(changed);
    }
    if (event instanceof TermsEvent.StoreTermsChanged) {
      return CommandKind.SET_STORE_FROZEN;
    }
    if (event instanceof LeaseEvent.LeaseGranted) {
      return CommandKind.ACQUIRE_LEASE;
    }
    if (event instanceof LeaseEvent.LeaseRenewed) {
      return CommandKind.RENEW_LEASE;
    }
    if (event instanceof TransferEvent transfer) {
      return of(transfer);
    }
    return event instanceof LeaseEvent.LeaseReleased ? CommandKind.RELEASE_LEASE : null;
  }

  private static CommandKind of(TermsEvent.ItemTermsChanged changed) {
    if (changed.after().isDeleted()) {
      return CommandKind.DELETE_ITEM;
    }
    return changed.before().state() == changed.after().state()
        ? CommandKind.SET_SAFETY_STOCK
        : CommandKind.SET_ITEM_FROZEN;
  }

  private static CommandKind of(TransferEvent event) {
    if (event instanceof TransferEvent.TransferShipped) {
      return CommandKind.SHIP_TRANSFER;
    }
    if (event instanceof TransferEvent.TransferHandedOver) {
      return CommandKind.RECEIVE_TRANSFER;
    }
    if (event instanceof TransferEvent.TransferCancelled) {
      return CommandKind.CANCEL_TRANSFER;
    }
    return event instanceof TransferEvent.HandoverSettled
        ? CommandKind.SETTLE_HANDOVER
        : CommandKind.CREDIT_TRANSFER;
  }
}
