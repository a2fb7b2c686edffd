package dev.holdfast.aggregator.ingest;

import dev.holdfast.aggregator.view.Parking;
import dev.holdfast.common.domain.StockKey;

/** Nothing is parked: a change that can not be applied is a fault. */
final class NoParking implements Parking {
  @Override
  public boolean holds(StockKey item) {
    return false;
  }

  @Override
  public void applied() {}

  @Override
  public void failed(int index, StockKey item, RuntimeException cause) {
    throw cause;
  }

  @Override
  public void waits(int index, StockKey item) {
    throw new IllegalStateException("nothing is held");
  }
}
