package dev.holdfast.aggregator.view;

/**
 * Which SKUs a list is about.
 *
 * @param skuPrefix what their names start with; empty for any
 * @param availableBelow less than this is available, in the store when one is given; 0 for any
 * @param store the store that has them; empty for any
 */
public record SkuFilter(String skuPrefix, long availableBelow, String store) {
  public static final SkuFilter ANY = new SkuFilter("", 0, "");

  public boolean isOfOneStore() {
    return !store.isEmpty();
  }

  /** Whether so few are available, over all stores or in the one. */
  public boolean matches(long available) {
    return availableBelow == 0 || available < availableBelow;
  }
}
