package dev.holdfast.aggregator.view;

/**
 * A search in the history of all stores.
 *
 * @param text of the key; empty for those that have none
 * @param store only of this one; empty for all
 * @param sku only of this one; empty for all
 * @param fromMillis only at this time or later
 * @param toMillis only at this time or before
 */
public record HistorySearch(
    SearchKey key,
    String text,
    String store,
    String sku,
    long fromMillis,
    long toMillis,
    boolean newestFirst) {

  /** Whether it is of the store and SKU that are looked for. */
  public boolean matches(String itsStore, String itsSku) {
    return (store.isEmpty() || store.equals(itsStore)) && (sku.isEmpty() || sku.equals(itsSku));
  }
}
