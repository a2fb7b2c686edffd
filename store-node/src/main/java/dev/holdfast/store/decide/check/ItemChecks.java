package dev.holdfast.store.decide.check;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.decide.state.DecisionState;
import org.jspecify.annotations.Nullable;

/** Preconditions on an item that several commands have. */
public final class ItemChecks {
  private ItemChecks() {}

  /** The stock of an item; null when it does not exist, or was deleted. */
  public static @Nullable StockLevel existing(StockKey item, DecisionState state) {
    StockLevel level = state.stock(item);
    return level == null || level.isDeleted() ? null : level;
  }

  /** The rejection when the version is not the expected one. */
  public static @Nullable Rejection version(String sku, long expected, StockLevel level) {
    if (expected == Command.ANY_VERSION || expected == level.version()) {
      return null;
    }
    return new Rejection.VersionConflict(sku, expected, level.version());
  }
}
