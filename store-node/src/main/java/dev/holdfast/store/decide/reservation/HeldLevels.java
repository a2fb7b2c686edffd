package dev.holdfast.store.decide.reservation;

import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.Reservation.Open;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.decide.state.DecisionState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lines of an open reservation, of each what is asked for and the stock of its item. */
final class HeldLevels {
  private final String store;
  private final Open open;
  private final List<HeldLine> asked;
  private final Map<String, Long> askedBySku = new HashMap<>();
  private final DecisionState state;

  /**
   * @param asked what a command is about; none for all that is held
   */
  HeldLevels(String store, Open open, List<HeldLine> asked, DecisionState state) {
    this.store = store;
    this.open = open;
    this.asked = asked;
    this.state = state;
    asked.forEach(line -> askedBySku.put(line.sku(), line.quantity()));
  }

  /** Units of a held line that the command is about. */
  long asked(HeldLine held) {
    return asked.isEmpty() ? held.quantity() : askedBySku.getOrDefault(held.sku(), 0L);
  }

  /** The item exists: one that is held cannot be deleted. */
  StockLevel level(String sku) {
    StockLevel level = state.stock(new StockKey(store, sku));
    if (level == null) {
      throw new IllegalStateException(
          "a reservation in store " + store + " holds " + sku + ", which does not exist");
    }
    return level;
  }

  /** Whether an item that the command is about is frozen. */
  @Nullable Rejection checkFrozen() {
    for (HeldLine line : open.lines()) {
      if (asked(line) > 0 && level(line.sku()).isFrozen()) {
        return Rejection.of(RejectionCode.ITEM_FROZEN, line.sku());
      }
    }
    return null;
  }

  /** The first line that asks for more than is held. */
  @Nullable Rejection checkHeld() {
    if (asked.isEmpty()) {
      return null;
    }
    Set<String> skus = new HashSet<>();
    for (HeldLine held : open.lines()) {
      skus.add(held.sku());
      if (asked(held) > held.quantity()) {
        return new Rejection.NotHeld(held.sku(), asked(held), held.quantity());
      }
    }
    for (HeldLine line : asked) {
      if (!skus.contains(line.sku())) {
        return new Rejection.NotHeld(line.sku(), line.quantity(), 0);
      }
    }
    return null;
  }
}
