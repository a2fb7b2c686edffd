package dev.holdfast.store.state.log;

import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.store.state.db.EventLog;
import dev.holdfast.store.state.read.StateReads;

/** Finds how far the event log is due to be trimmed, by age and size. */
public final class LogRetention {
  /** Nothing is due. */
  public static final long NOTHING = 0;

  private static final int BATCHES_PER_TRIM_MAX = 10_000;

  private final StateReads state;
  private final long bytesMax;

  public LogRetention(StateReads state, long bytesMax) {
    this.state = state;
    this.bytesMax = bytesMax;
  }

  /**
   * The first sequence behind the batches that are older than a time, or surplus by size, but none
   * whose receipts are kept; or {@link #NOTHING}.
   */
  public long firstKept(long keepFromMillis) {
    long evicted = state.applied().receiptsEvictedThrough();
    long surplus = Math.max(0, bytes() - bytesMax);
    Walk walk = new Walk(keepFromMillis, surplus, evicted);
    state.forEachBatch(0, walk::visit);
    return walk.keepFrom;
  }

  /** Of what is left: RocksDB gives the space of what is trimmed back later, by compaction. */
  private long bytes() {
    return state.read(db -> db.log().bytesFrom(state.earliestSequence()));
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
