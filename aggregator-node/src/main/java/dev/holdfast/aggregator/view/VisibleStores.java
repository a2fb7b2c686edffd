package dev.holdfast.aggregator.view;

import java.util.function.Predicate;

/**
 * The stores that a reader may see.
 *
 * @param all whether it is all of them
 */
public record VisibleStores(boolean all, Predicate<String> contains) {
  public static final VisibleStores ALL = new VisibleStores(true, store -> true);

  public boolean has(String store) {
    return all || contains.test(store);
  }
}
