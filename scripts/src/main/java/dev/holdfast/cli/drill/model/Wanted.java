package dev.holdfast.cli.drill.model;

import dev.holdfast.proto.inventory.v1.ReservationLine;
import dev.holdfast.proto.inventory.v1.ReserveMode;
import dev.holdfast.proto.inventory.v1.Shortfall;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lines that a reservation is to hold, checked one rule after the other. */
final class Wanted {
  private final Stocks stocks;
  private final String store;
  private final ReserveMode mode;
  private final Map<String, Long> own;
  private final Collection<ReservationLine> lines;

  /**
   * @param own units that the reservation holds already: free for it, and for nobody else
   */
  Wanted(
      Stocks stocks,
      String store,
      ReserveMode mode,
      Map<String, Long> own,
      List<ReservationLine> lines) {
    this.stocks = stocks;
    this.store = store;
    this.mode = mode;
    this.own = own;
    this.lines = addedUp(lines);
  }

  private static Collection<ReservationLine> addedUp(List<ReservationLine> lines) {
    Map<String, ReservationLine> bySku = new LinkedHashMap<>();
    for (ReservationLine line : lines) {
      bySku.merge(
          line.getSku(),
          line,
          (first, more) ->
              first.toBuilder().setQuantity(first.getQuantity() + more.getQuantity()).build());
    }
    return bySku.values();
  }

  void checkExistence() throws Refused {
    for (ReservationLine line : lines) {
      stocks.existing(item(line));
    }
  }

  /** A frozen item gives no more than is held already. */
  void checkFrozen() throws Refused {
    for (ReservationLine line : lines) {
      if (line.getQuantity() > own(line)) {
        Stocks.checkNotFrozen(item(line), stock(line));
      }
    }
  }

  void checkVersions() throws Refused {
    for (ReservationLine line : lines) {
      Stocks.checkVersion(item(line), stock(line), line.getExpectedVersion());
    }
  }

  void checkQuantities() throws Refused {
    if (mode == ReserveMode.RESERVE_MODE_UP_TO) {
      boolean nothing = true;
      for (ReservationLine line : lines) {
        nothing &= free(line) == 0;
      }
      if (nothing) {
        throw insufficient(lines.iterator().next());
      }
      return;
    }
    for (ReservationLine line : lines) {
      if (free(line) < line.getQuantity()) {
        throw insufficient(line);
      }
    }
  }

  private Refused insufficient(ReservationLine line) throws Refused {
    Stock stock = stock(line);
    return Refused.item("INSUFFICIENT_STOCK", item(line))
        .with("on_hand", stock.onHand())
        .with("held", stock.reserved() - own(line))
        .with("safety_stock", stock.safety())
        .with("available", free(line))
        .with("requested", line.getQuantity());
  }

  /** Units by SKU that the reservation will hold, in the order of the lines. */
  Map<String, Long> granted() throws Refused {
    Map<String, Long> granted = new LinkedHashMap<>();
    for (ReservationLine line : lines) {
      granted.put(line.getSku(), Math.min(line.getQuantity(), free(line)));
    }
    return granted;
  }

  List<Shortfall> shortfalls(Map<String, Long> granted) {
    List<Shortfall> shortfalls = new ArrayList<>();
    for (ReservationLine line : lines) {
      long units = granted.getOrDefault(line.getSku(), 0L);
      if (units < line.getQuantity()) {
        shortfalls.add(
            Shortfall.newBuilder()
                .setSku(line.getSku())
                .setRequested(line.getQuantity())
                .setGranted(units)
                .build());
      }
    }
    return shortfalls;
  }

  /** Units that are free for the reservation; at least those that it holds. */
  private long free(ReservationLine line) throws Refused {
    Stock stock = stock(line);
    return Math.max(own(line), stock.available() + own(line) - stock.safety());
  }

  private long own(ReservationLine line) {
    return own.getOrDefault(line.getSku(), 0L);
  }

  private Stock stock(ReservationLine line) throws Refused {
    return stocks.existing(item(line));
  }

  private Item item(ReservationLine line) {
    return new Item(store, line.getSku());
  }
}
