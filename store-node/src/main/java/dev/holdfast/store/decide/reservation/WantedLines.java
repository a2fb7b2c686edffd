package dev.holdfast.store.decide.reservation;

import dev.holdfast.common.domain.Command.ReserveLine;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.ReserveMode;
import dev.holdfast.common.domain.Shortfall;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.decide.check.ItemChecks;
import dev.holdfast.store.decide.state.DecisionState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The lines that a reservation is to hold, beside the stock that there is. The checks run in the
 * order of the contract, each over all lines: existence, frozen, version, quantity.
 */
final class WantedLines {
  private final List<ReserveLine> lines;
  private final ReserveMode mode;
  private final ToLongFunction<String> own;
  private final List<@Nullable StockLevel> levels;

  /**
   * @param own units of a SKU that the reservation holds already: free for it, and for nobody else
   */
  WantedLines(
      String store,
      List<ReserveLine> lines,
      ReserveMode mode,
      ToLongFunction<String> own,
      DecisionState state) {
    this.lines = lines;
    this.mode = mode;
    this.own = own;
    this.levels = new ArrayList<>(lines.size());
    lines.forEach(line -> levels.add(state.stock(new StockKey(store, line.sku()))));
  }

  /**
   * Runs the checks.
   *
   * @param conflict over the version of the reservation itself, which comes before those of items
   */
  @Nullable Rejection reject(@Nullable Rejection conflict) {
    Rejection rejection = checkExistence();
    if (rejection == null) {
      rejection = checkFrozen();
    }
    if (rejection == null) {
      rejection = conflict;
    }
    if (rejection == null) {
      rejection = checkVersions();
    }
    return rejection == null ? checkQuantities() : rejection;
  }

  private @Nullable Rejection checkExistence() {
    for (int i = 0; i < lines.size(); i++) {
      StockLevel level = levels.get(i);
      if (level == null || level.isDeleted()) {
        return Rejection.of(RejectionCode.ITEM_NOT_FOUND, lines.get(i).sku());
      }
    }
    return null;
  }

  /** Of a frozen item no more can be held than is held already. */
  private @Nullable Rejection checkFrozen() {
    for (int i = 0; i < lines.size(); i++) {
      ReserveLine line = lines.get(i);
      if (level(i).isFrozen() && line.quantity() > own.applyAsLong(line.sku())) {
        return Rejection.of(RejectionCode.ITEM_FROZEN, line.sku());
      }
    }
    return null;
  }

  private @Nullable Rejection checkVersions() {
    for (int i = 0; i < lines.size(); i++) {
      ReserveLine line = lines.get(i);
      Rejection conflict = ItemChecks.version(line.sku(), line.expectedVersion(), level(i));
      if (conflict != null) {
        return conflict;
      }
    }
    return null;
  }

  /** The first line that cannot be had in full, or, when less will do, when there is nothing. */
  private @Nullable Rejection checkQuantities() {
    if (mode == ReserveMode.UP_TO) {
      return isNothingFree() ? insufficient(0) : null;
    }
    for (int i = 0; i < lines.size(); i++) {
      if (free(i) < lines.get(i).quantity()) {
        return insufficient(i);
      }
    }
    return null;
  }

  private Rejection insufficient(int i) {
    ReserveLine line = lines.get(i);
    StockLevel level = level(i);
    long others = level.reserved() - own.applyAsLong(line.sku());
    return new Rejection.InsufficientStock(
        line.sku(), line.quantity(), free(i), level.onHand(), others, level.safetyStock());
  }

  private boolean isNothingFree() {
    for (int i = 0; i < lines.size(); i++) {
      if (free(i) > 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Units that the reservation may hold of a line's SKU. What it holds already it may keep, though
   * the safety stock was raised since.
   */
  private long free(int line) {
    StockLevel level = level(line);
    long held = own.applyAsLong(lines.get(line).sku());
    return Math.max(held, level.available() + held - level.safetyStock());
  }

  int size() {
    return lines.size();
  }

  String sku(int line) {
    return lines.get(line).sku();
  }

  /** Units that the reservation gets of a line, once nothing is against it. */
  long granted(int line) {
    return Math.min(lines.get(line).quantity(), free(line));
  }

  /** The stock that a line meets, once all items are known to exist. */
  StockLevel level(int line) {
    StockLevel level = levels.get(line);
    if (level == null) {
      throw new IllegalStateException("no item for line " + line);
    }
    return level;
  }

  /** Lines that get less than they asked for. */
  List<Shortfall> shortfalls() {
    if (mode == ReserveMode.ALL_OR_NOTHING) {
      return List.of();
    }
    List<Shortfall> shortfalls = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      ReserveLine line = lines.get(i);
      if (granted(i) < line.quantity()) {
        shortfalls.add(new Shortfall(line.sku(), line.quantity(), granted(i)));
      }
    }
    return List.copyOf(shortfalls);
  }
}
