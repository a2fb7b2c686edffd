package dev.holdfast.aggregator.view;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * The view at one moment: everything read from it stands on the same cursors. Holds storage until
 * it is closed; for one thread.
 */
public interface ViewCut extends AutoCloseable {
  /** The SKU with its stores, or empty when no store has it. */
  Optional<GlobalItem> item(String sku);

  /**
   * SKUs that a filter lets through, in byte order, after one (empty: from the first), until the
   * page is full. Of a filter for one store, items hold that store only.
   */
  Page page(String afterSku, SkuFilter filter, PageBounds bounds);

  /** What of the SKU was refused for lack of stock. */
  UnmetDemand unmetDemand(String sku);

  /** Changes of the SKU that the numbers lack: they are in the dead letter queue. */
  long parkedChanges(String sku);

  /** Whether changes of an item are in the dead letter queue. */
  default boolean isParked(StockKey item) {
    return parkedChanges(item) > 0;
  }

  ViewCursor cursor(int partition);

  /** Changes of an item that are in the dead letter queue. */
  long parkedChanges(StockKey item);

  /** Changes of a partition that are in the dead letter queue. */
  long parkedChanges(int partition);

  /** From where the history of a partition is complete. */
  HistorySince historySince(int partition);

  /**
   * Finds movements and refusals of all stores, in order of time.
   *
   * @param partitionOf the partition of a store
   * @param after where the page before ended; empty to begin
   */
  HistoryPage find(HistorySearch search, ToIntFunction<String> partitionOf, byte[] after, int max);

  /**
   * Tells items of one store, by SKU in byte order, whether or not they are deleted by now, as long
   * as the visitor wants more; looks at so many records at most.
   *
   * @return the SKU that was looked at last; empty when all were
   */
  String itemsOf(String store, String afterSku, int recordsMax, Predicate<String> visitor);

  /** The movements of an item of a partition. */
  ItemHistory history(int partition, StockKey item);

  /** Tells all records of all stores, by SKU and store in byte order. */
  void records(BiConsumer<StockKey, StockLevel> to);

  /** Tells all SKUs in byte order. */
  void totals(TotalVisitor to);

  @Override
  void close();

  /** Is told SKUs in order. */
  interface TotalVisitor {
    /**
     * A SKU.
     *
     * @param stored the total as it is kept
     * @param summed the total of the SKU's records
     * @return whether to go on
     */
    boolean visit(String sku, SkuTotal stored, SkuTotal summed);
  }

  /**
   * When a page is full. The first item always fits.
   *
   * @param bytesMax of the items in an answer
   * @param skusReadMax SKUs that are looked at, let through or not
   */
  record PageBounds(int itemsMax, int bytesMax, int skusReadMax, boolean withStores) {}

  /**
   * A page; it may be empty and still not the last.
   *
   * @param lastSkuRead where the next page goes on after; the filter may have held it back
   * @param isLast whether no SKU follows
   */
  record Page(List<GlobalItem> items, String lastSkuRead, boolean isLast) {}
}
