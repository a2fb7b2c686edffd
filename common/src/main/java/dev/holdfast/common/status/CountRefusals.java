package dev.holdfast.common.status;

import dev.holdfast.common.domain.Rejection.StockInTheWay;
import java.util.Map;

/** Refusals because of the quantities on hand and reserved. */
final class CountRefusals {
  private CountRefusals() {}

  static Refusal notEmpty(String store, StockInTheWay stock) {
    String what = "has %d on hand, %d of them reserved".formatted(stock.onHand(), stock.reserved());
    return Refusal.ofItem(Reason.NOT_EMPTY, store, stock.sku(), what, quantities(stock));
  }

  static Refusal belowReserved(String store, StockInTheWay stock) {
    String what =
        "would have %d on hand by this count, and has %d reserved"
            .formatted(stock.onHand(), stock.reserved());
    return Refusal.ofItem(Reason.INSUFFICIENT_STOCK, store, stock.sku(), what, quantities(stock));
  }

  private static Map<String, String> quantities(StockInTheWay stock) {
    return Map.of(
        Refusal.ON_HAND, Long.toString(stock.onHand()),
        Refusal.RESERVED, Long.toString(stock.reserved()));
  }
}
