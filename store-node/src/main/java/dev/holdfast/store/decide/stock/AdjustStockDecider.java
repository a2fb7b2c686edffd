package dev.holdfast.store.decide.stock;

import dev.holdfast.common.domain.Command.AdjustStock;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.decide.check.ItemChecks;
import dev.holdfast.store.decide.check.Rejections;
import dev.holdfast.store.decide.state.DecisionState;
import org.jspecify.annotations.Nullable;

/**
 * Changes a quantity on hand; what is reserved cannot be taken, not even by what has happened
 * already.
 */
public final class AdjustStockDecider {
  private AdjustStockDecider() {}

  public static Event decide(AdjustStock command, DecisionState state) {
    StockLevel level = ItemChecks.existing(command.item(), state);
    if (level == null) {
      return Rejections.ofItem(
          command, Rejection.of(RejectionCode.ITEM_NOT_FOUND, command.item().sku()));
    }
    Rejection rejection = reject(command, level);
    if (rejection != null) {
      return Rejections.ofItem(command, rejection);
    }
    long shortfall = command.recordShortfall() ? missing(command, level) : 0;
    long delta = command.delta() + shortfall;
    return new Event.StockAdjusted(
        command.item(), delta, command.reason(), level.adjusted(delta), shortfall);
  }

  /** Units of what is taken that are not free. */
  private static long missing(AdjustStock command, StockLevel level) {
    return Math.max(0, -command.delta() - level.available());
  }

  private static @Nullable Rejection reject(AdjustStock command, StockLevel level) {
    String sku = command.item().sku();
    if (level.isFrozen()) {
      return Rejection.of(RejectionCode.ITEM_FROZEN, sku);
    }
    Rejection conflict = ItemChecks.version(sku, command.expectedVersion(), level);
    if (conflict != null) {
      return conflict;
    }
    long delta = command.delta();
    if (missing(command, level) > 0 && !command.recordShortfall()) {
      return Rejection.notFree(sku, -delta, level);
    }
    if (delta > StockLevel.QUANTITY_MAX - level.onHand()) {
      return new Rejection.QuantityLimit(sku, delta, level.available());
    }
    return null;
  }
}
