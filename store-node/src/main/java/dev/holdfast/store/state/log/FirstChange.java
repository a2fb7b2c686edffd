package dev.holdfast.store.state.log;

import dev.holdfast.common.domain.IgnoredChanges;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import org.jspecify.annotations.Nullable;

/** Waits for the first change of an item and keeps what was on hand before it. */
final class FirstChange extends IgnoredChanges {
  private final StockKey item;
  private boolean found;
  private long onHandBefore;

  FirstChange(StockKey item) {
    this.item = item;
  }

  boolean isFound() {
    return found;
  }

  /** None was when the item did not exist. */
  long onHandBefore() {
    return onHandBefore;
  }

  @Override
  public void putStock(StockKey changed, @Nullable StockLevel before, StockLevel after) {
    if (!found && changed.equals(item)) {
      found = true;
      onHandBefore = before == null ? 0 : before.onHand();
    }
  }
}
