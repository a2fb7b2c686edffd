package dev.holdfast.aggregator.view;

import dev.holdfast.common.domain.StockKey;

/** Where the changes of one batch go that can not be applied. Every change is told of once. */
public interface Parking {
  /** The item of an event that can not be read: it may be any. */
  StockKey UNKNOWN = new StockKey("", "");

  /** Whether an earlier change of the item is parked, so that later ones have to wait. */
  boolean holds(StockKey item);

  /** Whether any change of the partition is parked: the view then lacks it, and is known to. */
  boolean holdsAny();

  /** A change was applied. */
  void applied();

  /**
   * A change could not be applied.
   *
   * @param index of its event in the batch
   * @param item {@link #UNKNOWN} when the event can not be read
   */
  void failed(int index, StockKey item, RuntimeException cause);

  /** A change was not tried: its item is held. */
  void waits(int index, StockKey item);
}
