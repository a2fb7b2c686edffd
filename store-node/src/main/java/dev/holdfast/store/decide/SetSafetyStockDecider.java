package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.TermsCommand.SetSafetyStock;
import dev.holdfast.common.domain.TermsEvent;

/** Sets what reservations leave untouched, also when less is there. */
final class SetSafetyStockDecider {
  private SetSafetyStockDecider() {}

  static Event decide(SetSafetyStock command, DecisionState state) {
    String sku = command.item().sku();
    StockLevel level = Items.find(command.item(), state);
    if (level == null) {
      return Rejections.ofItem(command, Rejection.of(RejectionCode.ITEM_NOT_FOUND, sku));
    }
    Rejection conflict = Versions.check(sku, command.expectedVersion(), level);
    if (conflict != null) {
      return Rejections.ofItem(command, conflict);
    }
    boolean same = level.safetyStock() == command.quantity();
    StockLevel after = same ? level : level.withTerms(command.quantity(), level.state());
    return new TermsEvent.ItemTermsChanged(command.item(), level, after);
  }
}
