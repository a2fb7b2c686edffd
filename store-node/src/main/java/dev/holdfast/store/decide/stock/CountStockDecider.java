package dev.holdfast.store.decide.stock;

import dev.holdfast.common.domain.BookLevel;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CountStock;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.decide.check.ItemChecks;
import dev.holdfast.store.decide.check.Rejections;
import dev.holdfast.store.decide.state.DecisionState;
import dev.holdfast.store.decide.state.Moment;
import org.jspecify.annotations.Nullable;

/** Sets the quantity on hand to what was counted; what moved since stays on top. */
public final class CountStockDecider {
  private CountStockDecider() {}

  public static Event decide(CountStock command, DecisionState state, Moment moment) {
    String sku = command.item().sku();
    StockLevel level = ItemChecks.existing(command.item(), state);
    if (level == null) {
      return Rejections.ofItem(command, Rejection.of(RejectionCode.ITEM_NOT_FOUND, sku));
    }
    BookLevel book = command.book();
    long onHandThen = book == null ? level.onHand() : book.onHand();
    Rejection rejection = reject(command, level, command.counted() - onHandThen);
    if (rejection != null) {
      return Rejections.ofItem(command, rejection);
    }
    boolean now = command.countedMillis() == CountStock.NOW;
    return new Event.StockCounted(
        command.item(),
        command.counted(),
        now ? moment.timeMillis() : command.countedMillis(),
        onHandThen,
        level.adjusted(command.counted() - onHandThen));
  }

  private static @Nullable Rejection reject(CountStock command, StockLevel level, long difference) {
    String sku = command.item().sku();
    Rejection conflict = ItemChecks.version(sku, command.expectedVersion(), level);
    if (conflict != null) {
      return conflict;
    }
    if (isOvertaken(command, level)) {
      return Rejection.of(RejectionCode.COUNT_OVERTAKEN, sku);
    }
    long onHand = level.onHand() + difference;
    if (onHand < level.reserved()) {
      return new Rejection.StockInTheWay(
          RejectionCode.COUNT_BELOW_RESERVED, sku, onHand, level.reserved());
    }
    if (onHand > StockLevel.QUANTITY_MAX) {
      return new Rejection.QuantityLimit(sku, difference, level.available());
    }
    return null;
  }

  /** Without the book of its time a count of the past is none of this moment. */
  private static boolean isOvertaken(CountStock command, StockLevel level) {
    BookLevel book = command.book();
    if (book == null) {
      return command.countedMillis() != CountStock.NOW
          && command.expectedVersion() == Command.ANY_VERSION;
    }
    return book.version() != Command.ANY_VERSION && book.version() != level.version();
  }
}
