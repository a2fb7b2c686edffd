package dev.holdfast.store.state;

import java.util.function.BiPredicate;

/** Reads encoded batches for whoever follows the log. */
public final class LogReader {
  private final StateStore store;

  public LogReader(StateStore store) {
    this.store = store;
  }

  /**
   * Walks batches, from the one that holds a sequence on, while the visitor says true. It must be
   * quick: a snapshot cannot be installed meanwhile.
   */
  public void from(long sequence, BiPredicate<Long, byte[]> visitor) {
    store.withLog(
        log -> {
          log.forEachBatch(sequence, visitor::test);
          return null;
        });
  }
}
