package dev.holdfast.store.decide.stock;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.StockLevel.State;
import dev.holdfast.common.domain.TermsCommand.SetItemFrozen;
import dev.holdfast.common.domain.TermsEvent;
import dev.holdfast.store.decide.check.ItemChecks;
import dev.holdfast.store.decide.check.Rejections;
import dev.holdfast.store.decide.state.DecisionState;

/** Freezes an item, or ends that. */
public final class SetItemFrozenDecider {
  private SetItemFrozenDecider() {}

  public static Event decide(SetItemFrozen command, DecisionState state) {
    String sku = command.item().sku();
    StockLevel level = ItemChecks.existing(command.item(), state);
    if (level == null) {
      return Rejections.ofItem(command, Rejection.of(RejectionCode.ITEM_NOT_FOUND, sku));
    }
    Rejection conflict = ItemChecks.version(sku, command.expectedVersion(), level);
    if (conflict != null) {
      return Rejections.ofItem(command, conflict);
    }
    State wanted = command.frozen() ? State.FROZEN : State.ACTIVE;
    boolean same = level.state() == wanted;
    StockLevel after = same ? level : level.withTerms(level.safetyStock(), wanted);
    return new TermsEvent.ItemTermsChanged(command.item(), level, after);
  }
}
