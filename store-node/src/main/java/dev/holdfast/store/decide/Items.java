package dev.holdfast.store.decide;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import org.jspecify.annotations.Nullable;

/** Items as commands see them: a deleted one is not there. */
final class Items {
  private Items() {}

  static @Nullable StockLevel find(StockKey item, DecisionState state) {
    StockLevel level = state.stock(item);
    return level == null || level.isDeleted() ? null : level;
  }
}
