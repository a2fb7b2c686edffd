package dev.holdfast.cli.verify;

import dev.holdfast.proto.inventory.v1.GlobalStock;
import dev.holdfast.proto.inventory.v1.StockLevel;
import java.util.HashMap;
import java.util.Map;

/** Adds the stores up and compares the sums with the global view. Keeps one sum per SKU. */
final class GlobalCheck {
  private final Map<String, Totals> sums = new HashMap<>();
  private final Differences differences;
  private long compared;

  GlobalCheck(Differences differences) {
    this.differences = differences;
  }

  /** Every item of the stores, first. */
  void add(StockLevel level) {
    Totals units = new Totals(level.getOnHand(), level.getReserved());
    sums.merge(level.getSku(), units, Totals::plus);
  }

  /** Every SKU of the view, then. */
  void compare(GlobalStock view) {
    Totals sum = sums.remove(view.getSku());
    Totals seen = new Totals(view.getOnHand(), view.getReserved());
    compared++;
    if (!seen.equals(sum)) {
      differ(view.getSku(), sum == null ? Totals.NONE : sum, seen.toString());
    }
  }

  /** What is left is in stores and not in the view. */
  Check finish() {
    sums.forEach((sku, sum) -> differ(sku, sum, "not there"));
    return new Check(
        "global view = sum of the stores", compared + sums.size(), differences.count());
  }

  private void differ(String sku, Totals sum, String view) {
    differences.add("SKU '" + sku + "'", "sum of the stores " + sum, "global view " + view);
  }
}
