package dev.holdfast.store.state.log;

import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.store.state.db.AppliedState;
import dev.holdfast.store.state.db.EventLog;
import dev.holdfast.store.state.read.StateReads;

/**
 * Finds how far receipts are due to be forgotten, by walking the log from where that last ended.
 */
public final class OldReceipts {
  /** Nothing is due. */
  public static final long NONE = 0;

  private final StateReads state;

  public OldReceipts(StateReads state) {
    this.state = state;
  }

  /**
   * The sequence through which receipts are due, or {@link #NONE}. Whole batches only. An eviction
   * is an event itself, which grows old in turn: so events without any receipt, as those are, are
   * due only when there are many. A partition at rest would go on for ever otherwise.
   *
   * @param keepFromMillis receipts of batches before this are too old
   * @param countMax more receipts than these are too many
   * @param eventsMax about how many events to go over at most
   */
  public long evictThrough(long keepFromMillis, long countMax, long eventsMax) {
    AppliedState applied = state.applied();
    long from = applied.receiptsEvictedThrough() + 1;
    if (from > applied.sequence()) {
      return NONE;
    }
    Walk walk = new Walk(from, keepFromMillis, applied.receiptsCount() - countMax, eventsMax);
    state.forEachBatch(from, walk::visit);
    return walk.isWorthAnEvent() ? walk.through : NONE;
  }

  private static final class Walk {
    private final long end;
    private final long keepFromMillis;
    private long surplus;
    private long receipts;
    private long through = NONE;

    Walk(long from, long keepFromMillis, long surplus, long eventsMax) {
      this.end = from + eventsMax;
      this.keepFromMillis = keepFromMillis;
      this.surplus = surplus;
    }

    boolean visit(long first, byte[] encoded) {
      EventBatch batch = EventLog.decode(encoded, first);
      if (surplus <= 0 && batch.timeMillis() >= keepFromMillis) {
        return false;
      }
      long found = batch.events().stream().filter(RecordedEvent::isReceipt).count();
      surplus -= found;
      receipts += found;
      through = batch.lastSequence();
      return through < end;
    }

    boolean isWorthAnEvent() {
      return receipts > 0 || through >= end;
    }
  }
}
