package dev.holdfast.store.decide;

import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** What closing a reservation does to each item that it holds. */
final class ClosedLines {
  private ClosedLines() {}

  static List<LineChange> of(
      String store,
      Reservation reservation,
      DecisionState state,
      BiFunction<StockLevel, Long, StockLevel> change) {
    List<LineChange> changes = new ArrayList<>(reservation.lines().size());
    for (HeldLine line : reservation.lines()) {
      StockLevel level = state.stock(new StockKey(store, line.sku()));
      if (level == null) {
        throw new IllegalStateException(
            "a reservation in store " + store + " holds " + line.sku() + ", which does not exist");
      }
      changes.add(
          new LineChange(line.sku(), line.quantity(), change.apply(level, line.quantity())));
    }
    return changes;
  }
}
