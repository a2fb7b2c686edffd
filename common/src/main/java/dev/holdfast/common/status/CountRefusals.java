package dev.holdfast.common.status;

import dev.holdfast.common.domain.Rejection;
import java.util.Map;

/** Refusals because of the quantities on hand and reserved. */
final class CountRefusals {
  private CountRefusals() {}

  static Refusal notEmpty(String store, Rejection rejection) {
    String what =
        "has %d on hand, %d of them reserved"
            .formatted(rejection.available(), rejection.requested());
    return Refusal.ofItem(Reason.NOT_EMPTY, store, rejection.sku(), what, stock(rejection));
  }

  static Refusal belowReserved(String store, Rejection rejection) {
    String what =
        "would have %d on hand by this count, and has %d reserved"
            .formatted(rejection.available(), rejection.requested());
    return Refusal.ofItem(
        Reason.INSUFFICIENT_STOCK, store, rejection.sku(), what, stock(rejection));
  }

  private static Map<String, String> stock(Rejection rejection) {
    return Map.of(
        Refusal.ON_HAND, Long.toString(rejection.available()),
        Refusal.RESERVED, Long.toString(rejection.requested()));
  }
}
