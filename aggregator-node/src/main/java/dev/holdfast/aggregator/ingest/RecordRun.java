package dev.holdfast.aggregator.ingest;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.nio.file.Path;

/**
 * Gathers records of a part, in any order, until they are worth a file, which the writer then takes
 * in whole. Used by one thread, not the writer's.
 */
public interface RecordRun {
  /** Adds a record; each item once. */
  void add(StockKey item, StockLevel level);

  boolean isEmpty();

  /** Whether it is time for a file. */
  boolean isFull();

  /** Writes what was added, in the view's order; the run is empty then. */
  Path write();
}
