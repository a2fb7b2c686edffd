package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.StockLevel.State;
import dev.holdfast.common.domain.TermsCommand.SetItemFrozen;
import dev.holdfast.common.domain.TermsEvent;

/** Freezes an item, or ends that. */
final class SetItemFrozenDecider {
  private SetItemFrozenDecider() {}

  static Event decide(SetItemFrozen command, DecisionState state) {
    String sku = command.item().sku();
    StockLevel level = Items.find(command.item(), state);
    if (level == null) {
      return Rejections.ofItem(command, Rejection.of(RejectionCode.ITEM_NOT_FOUND, sku));
    }
    Rejection conflict = Versions.check(sku, command.expectedVersion(), level);
    if (conflict != null) {
      return Rejections.ofItem(command, conflict);
    }
    State wanted = command.frozen() ? State.FROZEN : State.ACTIVE;
    boolean same = level.state() == wanted;
    StockLevel after = same ? level : level.withTerms(level.safetyStock(), wanted);
    return new TermsEvent.ItemTermsChanged(command.item(), level, after);
  }
}
