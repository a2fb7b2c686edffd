package dev.holdfast.aggregator.view;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.function.BiConsumer;

/** Takes the changes of one batch that cannot be applied. Every change is reported once. */
public interface Parking {
  /** The item of an event that cannot be read: it may be any. */
  StockKey UNKNOWN = new StockKey("", "");

  /** Whether an earlier change of the item is parked, so that later ones have to wait. */
  boolean holds(StockKey item);

  /**
   * Tells the items of the partition that are held, and what the log says of each by now: what the
   * view would hold of them if nothing were parked.
   */
  void forEachHeld(BiConsumer<StockKey, StockLevel> visitor);

  /** A change was applied. */
  void applied();

  /**
   * An event could not be read, so that nobody knows which items it changes.
   *
   * @param index of the event in the batch
   */
  void unreadable(int index, RuntimeException cause);

  /** A change could not be applied. */
  void failed(int index, Change change, RuntimeException cause);

  /** A change was not tried: its item is held. */
  void waits(int index, Change change);
}
