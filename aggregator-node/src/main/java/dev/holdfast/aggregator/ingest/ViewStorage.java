package dev.holdfast.aggregator.ingest;

import dev.holdfast.aggregator.view.ViewReader;
import dev.holdfast.aggregator.view.ViewRecords;
import dev.holdfast.aggregator.view.ViewUpdate;

/** Where the writer keeps the view. */
public interface ViewStorage extends ViewRecords, ViewReader {
  /** Stores an update: all of it, or nothing and an exception. */
  void write(ViewUpdate update);
}
