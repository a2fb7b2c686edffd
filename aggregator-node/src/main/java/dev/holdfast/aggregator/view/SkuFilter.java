package dev.holdfast.aggregator.view;

/**
 * Selects the SKUs of a list.
 *
 * @param skuPrefix what their names start with; empty for any
 * @param availableBelow less than this is available, in the store when one is given; 0 for any
 * @param reservableBelow the same of what is reservable
 * @param store the store that has them; empty for any
 */
public record SkuFilter(String skuPrefix, long availableBelow, long reservableBelow, String store) {
  public boolean isOfOneStore() {
    return !store.isEmpty();
  }

  /** Whether so few are available, over all stores or in the one. */
  public boolean matches(long available, long reservable) {
    return isBelow(available, availableBelow) && isBelow(reservable, reservableBelow);
  }

  private static boolean isBelow(long units, long bound) {
    return bound == 0 || units < bound;
  }
}
