package dev.holdfast.aggregator.view;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.StockKey;

/** A command that was decided against. */
public record RefusedCommand(EventHeader header, Event.CommandRejected event) {
  /** The item of its history; the SKU is empty when it failed on no item. */
  public StockKey item() {
    return new StockKey(event.store(), event.rejection().sku());
  }
}
