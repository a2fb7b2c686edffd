package dev.holdfast.aggregator.invariant;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares two sets of records, one that is at hand and one that is told record by record. For one
 * thread.
 */
public final class RecordComparison {
  private final Map<StockKey, StockLevel> stores;
  private final List<Difference> found = new ArrayList<>();

  /**
   * @param stores what the stores have; what was told is taken out
   */
  public RecordComparison(Map<StockKey, StockLevel> stores) {
    this.stores = stores;
  }

  /** Tells a record of the view; none twice. */
  public void view(StockKey item, StockLevel level) {
    StockLevel expected = stores.remove(item);
    if (!level.equals(expected)) {
      found.add(new Difference(item, level, expected));
    }
  }

  /** What differs, when all records of the view were told. */
  public List<Difference> found() {
    List<Difference> all = new ArrayList<>(found);
    stores.forEach((item, level) -> all.add(new Difference(item, null, level)));
    return all;
  }
}
