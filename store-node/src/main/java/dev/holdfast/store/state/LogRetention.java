package dev.holdfast.store.state;

import dev.holdfast.common.domain.EventBatch;

/** Trims the event log by age and size. */
public final class LogRetention {
  /** Nothing was trimmed. */
  public static final long NOTHING = 0;

  private static final int BATCHES_PER_TRIM_MAX = 10_000;

  private final StateStore store;
  private final long bytesMax;

  public LogRetention(StateStore store, long bytesMax) {
    this.store = store;
    this.bytesMax = bytesMax;
  }

  /**
   * Trims batches that are older than a time, or surplus by size, but none whose receipts are kept.
   *
   * @return the first sequence that is left, or {@link #NOTHING}
   */
  public long trim(long keepFromMillis) {
    long evicted = store.applied().receiptsEvictedThrough();
    long surplus = Math.max(0, bytes() - bytesMax);
    Walk walk = new Walk(keepFromMillis, surplus, evicted);
    store.withLog(
        log -> {
          log.forEachBatch(0, walk::visit);
          return null;
        });
    if (walk.keepFrom != NOTHING) {
      store.trimLogBefore(walk.keepFrom);
    }
    return walk.keepFrom;
  }

  /** Of what is left: RocksDB gives the space of what is trimmed back later, by compaction. */
  private long bytes() {
    return store.withLog(log -> log.bytesFrom(store.earliestSequence()));
  }

  private static final class Walk {
    private final long keepFromMillis;
    private final long evictedThrough;
    private long surplus;
    private int batches;
    private long keepFrom = NOTHING;

    Walk(long keepFromMillis, long surplus, long evictedThrough) {
      this.keepFromMillis = keepFromMillis;
      this.surplus = surplus;
      this.evictedThrough = evictedThrough;
    }

    boolean visit(long first, byte[] encoded) {
      EventBatch batch = EventLog.decode(encoded, first);
      boolean due = batch.timeMillis() < keepFromMillis || surplus > 0;
      if (!due || batch.lastSequence() > evictedThrough || batches == BATCHES_PER_TRIM_MAX) {
        return false;
      }
      surplus -= encoded.length;
      batches++;
      keepFrom = batch.lastSequence() + 1;
      return true;
    }
  }
}
