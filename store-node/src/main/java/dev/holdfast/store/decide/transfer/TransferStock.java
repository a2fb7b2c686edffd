package dev.holdfast.store.decide.transfer;

import dev.holdfast.common.domain.CreditedLine;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.decide.state.DecisionState;
import org.jspecify.annotations.Nullable;

/** Changes stock where units of transfers arrive. */
final class TransferStock {
  private TransferStock() {}

  static boolean isPastLimit(@Nullable StockLevel level, long quantity) {
    return level != null && quantity > StockLevel.QUANTITY_MAX - level.onHand();
  }

  /** Units arrive: the item comes to be when it is not there, or not any more. */
  static CreditedLine arrived(String sku, long quantity, @Nullable StockLevel level) {
    if (level == null) {
      StockLevel opening = new StockLevel(quantity, 0, 1, -quantity, 0, StockLevel.State.ACTIVE);
      return new CreditedLine(sku, quantity, opening, false);
    }
    if (level.isDeleted()) {
      return new CreditedLine(sku, quantity, revived(level, quantity), true);
    }
    return new CreditedLine(sku, quantity, level.shipped(-quantity), false);
  }

  private static StockLevel revived(StockLevel deleted, long quantity) {
    return new StockLevel(
        quantity,
        0,
        deleted.version() + 1,
        deleted.netShipped() - quantity,
        deleted.safetyStock(),
        StockLevel.State.ACTIVE);
  }

  /** The stock of an item that must be there, since a transfer once shipped it. */
  static StockLevel ofSource(DecisionState state, String store, String sku) {
    StockLevel level = state.stock(new StockKey(store, sku));
    if (level == null) {
      throw new IllegalStateException(
          "a transfer of store " + store + " shipped " + sku + ", which does not exist");
    }
    return level;
  }
}
