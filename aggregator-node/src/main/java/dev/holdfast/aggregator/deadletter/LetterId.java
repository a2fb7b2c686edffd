package dev.holdfast.aggregator.deadletter;

import dev.holdfast.aggregator.view.Parking;
import dev.holdfast.common.domain.StockKey;

/**
 * One change: what an event did to an item.
 *
 * @param item {@link Parking#UNKNOWN} when the event could not be read
 */
public record LetterId(int partition, long sequence, StockKey item) {
  /** The id of an event that could not be read. */
  public static LetterId ofEvent(int partition, long sequence) {
    return new LetterId(partition, sequence, Parking.UNKNOWN);
  }

  /** Where its event stands. */
  public EventPlace place() {
    return new EventPlace(partition, sequence);
  }

  boolean isOfKnownItem() {
    return !item.equals(Parking.UNKNOWN);
  }

  /** For people: {@code 0-4711-berlin-SKU1}, or {@code 0-4711} when the item is not known. */
  public String text() {
    String event = partition + "-" + sequence;
    return isOfKnownItem() ? event + "-" + item.store() + "-" + item.sku() : event;
  }
}
