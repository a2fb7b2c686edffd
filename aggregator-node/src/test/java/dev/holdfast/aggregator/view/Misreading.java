package dev.holdfast.aggregator.view;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Projections with a bug. */
public final class Misreading {
  private Misreading() {}

  public static Function<ViewRecords, Projection> of(
      BiFunction<StockKey, StockLevel, StockLevel> reading) {
    return stored -> new Projection(stored, reading);
  }
}
