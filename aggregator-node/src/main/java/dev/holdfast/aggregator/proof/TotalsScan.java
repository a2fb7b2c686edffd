package dev.holdfast.aggregator.proof;

import dev.holdfast.aggregator.invariant.TotalsProof;
import dev.holdfast.aggregator.invariant.Violation;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.aggregator.view.ViewReader;
import java.util.ArrayList;
import java.util.List;

/** Reads all totals and all records of one cut, and compares them SKU by SKU. */
final class TotalsScan implements ViewCut.TotalVisitor {
  private final List<String> differing = new ArrayList<>();
  private long skus;
  private long onHand;
  private long reserved;

  private TotalsScan() {}

  static TotalsProof of(ViewReader view) {
    TotalsScan scan = new TotalsScan();
    try (ViewCut cut = view.cut()) {
      cut.totals(scan);
    }
    return new TotalsProof(scan.skus, scan.onHand, scan.reserved, List.copyOf(scan.differing));
  }

  @Override
  public boolean visit(String sku, SkuTotal stored, SkuTotal summed) {
    skus++;
    onHand += stored.onHand();
    reserved += stored.reserved();
    if (!stored.equals(summed) && differing.size() < Violation.DIFFERENCES_MAX) {
      differing.add(sku);
    }
    return true;
  }
}
