package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Command.ReserveLine;
import dev.holdfast.common.domain.Command.ReserveStock;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds all lines or none: every line's existence first, then whether it is frozen, then every
 * version, then every quantity.
 */
final class ReserveStockDecider {
  private ReserveStockDecider() {}

  static Event decide(ReserveStock command, DecisionState state) {
    if (state.reservation(command.reservation()) != null) {
      return rejected(command, Rejection.of(RejectionCode.RESERVATION_EXISTS, ""));
    }
    List<StockLevel> levels = new ArrayList<>(command.lines().size());
    for (ReserveLine line : command.lines()) {
      StockLevel level = Items.find(new StockKey(command.store(), line.sku()), state);
      if (level == null) {
        return rejected(command, Rejection.of(RejectionCode.ITEM_NOT_FOUND, line.sku()));
      }
      levels.add(level);
    }
    Rejection rejection = reject(command.lines(), levels);
    if (rejection != null) {
      return rejected(command, rejection);
    }
    return new Event.StockReserved(command.reservation(), hold(command.lines(), levels));
  }

  private static @Nullable Rejection reject(List<ReserveLine> lines, List<StockLevel> levels) {
    for (int i = 0; i < lines.size(); i++) {
      if (levels.get(i).isFrozen()) {
        return Rejection.of(RejectionCode.ITEM_FROZEN, lines.get(i).sku());
      }
    }
    for (int i = 0; i < lines.size(); i++) {
      ReserveLine line = lines.get(i);
      Rejection conflict = Versions.check(line.sku(), line.expectedVersion(), levels.get(i));
      if (conflict != null) {
        return conflict;
      }
    }
    for (int i = 0; i < lines.size(); i++) {
      ReserveLine line = lines.get(i);
      long available = levels.get(i).reservable();
      if (available < line.quantity()) {
        return Rejection.ofQuantity(
            RejectionCode.INSUFFICIENT_STOCK, line.sku(), line.quantity(), available);
      }
    }
    return null;
  }

  private static List<LineChange> hold(List<ReserveLine> lines, List<StockLevel> levels) {
    List<LineChange> changes = new ArrayList<>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      ReserveLine line = lines.get(i);
      changes.add(new LineChange(line.sku(), line.quantity(), levels.get(i).held(line.quantity())));
    }
    return changes;
  }

  private static Event rejected(ReserveStock command, Rejection rejection) {
    return Rejections.ofReservation(command, command.reservation(), rejection);
  }
}
