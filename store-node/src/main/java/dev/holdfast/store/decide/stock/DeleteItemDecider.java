package dev.holdfast.store.decide.stock;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.TermsCommand.DeleteItem;
import dev.holdfast.common.domain.TermsEvent;
import dev.holdfast.store.decide.check.ItemChecks;
import dev.holdfast.store.decide.check.Rejections;
import dev.holdfast.store.decide.state.DecisionState;
import org.jspecify.annotations.Nullable;

/**
 * Deletes an item with nothing on hand. Its record stays, for its version and for what it shipped.
 */
public final class DeleteItemDecider {
  private static final long NO_SAFETY_STOCK = 0;

  private DeleteItemDecider() {}

  public static Event decide(DeleteItem command, DecisionState state) {
    StockLevel level = ItemChecks.existing(command.item(), state);
    if (level == null) {
      return Rejections.ofItem(
          command, Rejection.of(RejectionCode.ITEM_NOT_FOUND, command.item().sku()));
    }
    Rejection rejection = reject(command, level);
    if (rejection != null) {
      return Rejections.ofItem(command, rejection);
    }
    StockLevel after = level.withTerms(NO_SAFETY_STOCK, StockLevel.State.DELETED);
    return new TermsEvent.ItemTermsChanged(command.item(), level, after);
  }

  private static @Nullable Rejection reject(DeleteItem command, StockLevel level) {
    String sku = command.item().sku();
    if (level.isFrozen()) {
      return Rejection.of(RejectionCode.ITEM_FROZEN, sku);
    }
    Rejection conflict = ItemChecks.version(sku, command.expectedVersion(), level);
    if (conflict != null) {
      return conflict;
    }
    return level.onHand() == 0
        ? null
        : new Rejection.StockInTheWay(
            RejectionCode.NOT_EMPTY, sku, level.onHand(), level.reserved());
  }
}
