package dev.holdfast.store.decide.stock;

import dev.holdfast.common.domain.Command.CreateItem;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.decide.check.Rejections;
import dev.holdfast.store.decide.state.DecisionState;

/** Creates an item that is not there. */
public final class CreateItemDecider {
  private CreateItemDecider() {}

  public static Event decide(CreateItem command, DecisionState state) {
    StockLevel before = state.stock(command.item());
    if (before != null && !before.isDeleted()) {
      return Rejections.ofItem(
          command, Rejection.of(RejectionCode.ITEM_EXISTS, command.item().sku()));
    }
    StockLevel after =
        before == null
            ? StockLevel.opening(command.initialQuantity())
            : before.reopened(command.initialQuantity());
    return new Event.ItemCreated(command.item(), before, after);
  }
}
