package dev.holdfast.store.decide.stock;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.TermsCommand.SetSafetyStock;
import dev.holdfast.common.domain.TermsEvent;
import dev.holdfast.store.decide.check.ItemChecks;
import dev.holdfast.store.decide.check.Rejections;
import dev.holdfast.store.decide.state.DecisionState;

/** Sets what reservations leave untouched, also when less is there. */
public final class SetSafetyStockDecider {
  private SetSafetyStockDecider() {}

  public static Event decide(SetSafetyStock command, DecisionState state) {
    String sku = command.item().sku();
    StockLevel level = ItemChecks.existing(command.item(), state);
    if (level == null) {
      return Rejections.ofItem(command, Rejection.of(RejectionCode.ITEM_NOT_FOUND, sku));
    }
    Rejection conflict = ItemChecks.version(sku, command.expectedVersion(), level);
    if (conflict != null) {
      return Rejections.ofItem(command, conflict);
    }
    boolean same = level.safetyStock() == command.quantity();
    StockLevel after = same ? level : level.withTerms(command.quantity(), level.state());
    return new TermsEvent.ItemTermsChanged(command.item(), level, after);
  }
}
