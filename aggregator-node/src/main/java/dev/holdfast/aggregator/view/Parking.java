package dev.holdfast.aggregator.view;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.function.BiConsumer;

/** Takes the changes of one batch that cannot be applied. Every change is reported once. */
public interface Parking {
  /** The item of an event that cannot be read: it may be any. */
  StockKey UNKNOWN = new StockKey("", "");

  /** Whether an earlier change of the item is parked, so that later ones have to wait. */
  boolean isParked(StockKey item);

  /**
   * Visits the parked items of the partition, with the level that the log leaves each at: the one
   * that the view would have if nothing were parked.
   */
  void forEachParked(BiConsumer<StockKey, StockLevel> visitor);

  /** A change was applied. */
  void applied();

  /**
   * An event could not be read, so that nobody knows which items it changes.
   *
   * @param index of the event in the batch
   */
  void unreadable(int index, RuntimeException cause);

  /** A change could not be applied. */
  void failed(int index, ItemChange change, RuntimeException cause);

  /** A change was not tried: an earlier one of its item is parked. */
  void waits(int index, ItemChange change);
}
