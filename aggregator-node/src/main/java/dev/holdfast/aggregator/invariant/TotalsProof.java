package dev.holdfast.aggregator.invariant;

import java.util.List;

/**
 * The totals per SKU against the sums over the stores, in one cut of the view.
 *
 * @param onHand of all totals
 * @param reserved of all totals
 * @param differing SKUs whose total is not the sum of its stores, up to {@link
 *     Violation#DIFFERENCES_MAX}
 */
public record TotalsProof(long skus, long onHand, long reserved, List<String> differing) {
  public boolean isEqual() {
    return differing.isEmpty();
  }
}
