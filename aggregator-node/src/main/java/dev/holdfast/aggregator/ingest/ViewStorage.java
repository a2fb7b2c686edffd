package dev.holdfast.aggregator.ingest;

import dev.holdfast.aggregator.deadletter.LetterUpdate;
import dev.holdfast.aggregator.view.ViewReader;
import dev.holdfast.aggregator.view.ViewRecords;
import dev.holdfast.aggregator.view.ViewUpdate;

/** Storage of the view, for the writer. */
public interface ViewStorage extends ViewRecords, ViewReader {
  /** Stores updates of view and dead letter queue: all of both, or nothing and an exception. */
  void write(ViewUpdate update, LetterUpdate letters);
}
