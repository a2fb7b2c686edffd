package dev.holdfast.store.state.db;

import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.codec.UnreadableException;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.store.commit.AppliedView;
import dev.holdfast.store.state.fault.StateFault;
import java.util.function.BiPredicate;
import org.rocksdb.ReadOptions;
import org.rocksdb.WriteBatch;

/** Reads the event log of one open database. */
public final class EventLog {
  private final PartitionDb db;
  private final Table<Long, byte[]> events;
  private final RecentBatches recent = new RecentBatches();

  EventLog(PartitionDb db) {
    this.db = db;
    this.events = db.table(Family.EVENTS);
  }

  /** Sees one event. */
  public interface EventVisitor {
    void visit(long sequence, RecordedEvent event);
  }

  /**
   * Walks the batches from the one that holds a sequence on.
   *
   * @param visitor sees the first sequence and the encoded batch; false ends the walk
   */
  public void forEachBatch(long fromSequence, BiPredicate<Long, byte[]> visitor) {
    try (ReadOptions options = new ReadOptions().setReadaheadSize(1 << 20);
        Cursor<Long, byte[]> batches = events.scan(options)) {
      batches.seekForPrev(fromSequence);
      if (!batches.isValid()) {
        batches.seekToFirst();
      }
      while (batches.isValid() && visitor.test(batches.key(), batches.value())) {
        batches.next();
      }
    }
  }

  /** Sees all events from one sequence to another, both included. */
  public void forEachEvent(long from, long through, EventVisitor visitor) {
    forEachBatch(
        from,
        (first, encoded) -> {
          if (first > through) {
            return false;
          }
          EventBatch batch = decode(encoded, first);
          for (long sequence = Math.max(first, from);
              sequence <= Math.min(batch.lastSequence(), through);
              sequence++) {
            visitor.visit(sequence, batch.events().get((int) (sequence - first)));
          }
          return true;
        });
  }

  public AppliedView.Past past(long sequence) {
    EventBatch batch = recent.holding(sequence);
    if (batch == null) {
      batch = batchHolding(sequence);
      recent.add(batch);
    }
    RecordedEvent event = batch.events().get((int) (sequence - batch.firstSequence()));
    return new AppliedView.Past(event, batch.timeMillis());
  }

  private EventBatch batchHolding(long sequence) {
    EventBatch[] found = new EventBatch[1];
    forEachBatch(
        sequence,
        (first, encoded) -> {
          found[0] = decode(encoded, first);
          return false;
        });
    if (found[0] == null
        || sequence < found[0].firstSequence()
        || sequence > found[0].lastSequence()) {
      throw new StateFault("event " + sequence + " is not in the log");
    }
    return found[0];
  }

  /** The first sequence that is still there, 1 when the log is empty. */
  public long earliest() {
    long[] earliest = {1};
    forEachBatch(
        0,
        (first, encoded) -> {
          earliest[0] = first;
          return false;
        });
    return earliest[0];
  }

  /** Deletes the batches before a sequence, on this disk only. */
  public void deleteBefore(long sequence) {
    try (WriteBatch batch = new WriteBatch()) {
      events.deleteRange(batch, 0L, sequence);
      db.write(batch);
    }
  }

  /** About the bytes on disk of the events from a sequence on. */
  public long bytesFrom(long sequence) {
    return events.bytesBetween(sequence, Long.MAX_VALUE);
  }

  public static EventBatch decode(byte[] encoded, long first) {
    try {
      return EventBatchCodec.decode(encoded);
    } catch (UnreadableException e) {
      throw StateFault.ofLog(first, e);
    }
  }
}
