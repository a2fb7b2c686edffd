package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Command.AdjustStock;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.StockLevel;
import org.jspecify.annotations.Nullable;

/** Changes a quantity on hand; what is reserved can not be taken. */
final class AdjustStockDecider {
  private AdjustStockDecider() {}

  static Event decide(AdjustStock command, DecisionState state) {
    StockLevel level = Items.find(command.item(), state);
    if (level == null) {
      return Rejections.ofItem(
          command, Rejection.of(RejectionCode.ITEM_NOT_FOUND, command.item().sku()));
    }
    Rejection rejection = reject(command, level);
    if (rejection != null) {
      return Rejections.ofItem(command, rejection);
    }
    return new Event.StockAdjusted(
        command.item(), command.delta(), command.reason(), level.adjusted(command.delta()));
  }

  private static @Nullable Rejection reject(AdjustStock command, StockLevel level) {
    String sku = command.item().sku();
    if (level.isFrozen()) {
      return Rejection.of(RejectionCode.ITEM_FROZEN, sku);
    }
    Rejection conflict = Versions.check(sku, command.expectedVersion(), level);
    if (conflict != null) {
      return conflict;
    }
    long delta = command.delta();
    if (delta < 0 && level.available() < -delta) {
      return Rejection.insufficientStock(sku, -delta, level.available(), level.reserved());
    }
    if (delta > StockLevel.QUANTITY_MAX - level.onHand()) {
      return Rejection.ofQuantity(RejectionCode.QUANTITY_LIMIT, sku, delta, level.available());
    }
    return null;
  }
}
