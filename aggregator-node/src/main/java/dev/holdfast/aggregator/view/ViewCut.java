package dev.holdfast.aggregator.view;

import java.util.List;
import java.util.Optional;

/**
 * The view at one moment: everything read from it stands on the same cursors. Holds storage until
 * it is closed; for one thread.
 */
public interface ViewCut extends AutoCloseable {
  /** The SKU with its stores, or empty when no store has it. */
  Optional<GlobalItem> item(String sku);

  /** SKUs in byte order, after one (empty: from the first), until the page is full. */
  Page page(String afterSku, PageBounds bounds);

  Cursor cursor(int partition);

  @Override
  void close();

  /**
   * When a page is full. The first item always fits.
   *
   * @param bytesMax of the answer, about
   */
  record PageBounds(int itemsMax, int bytesMax, boolean withStores) {}

  /**
   * A page.
   *
   * @param isLast whether no SKU follows
   */
  record Page(List<GlobalItem> items, boolean isLast) {}
}
