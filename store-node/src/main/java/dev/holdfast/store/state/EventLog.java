package dev.holdfast.store.state;

import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.codec.UnreadableException;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.store.commit.AppliedView;
import org.rocksdb.ReadOptions;
import org.rocksdb.WriteBatch;

/** Reads the event log of one open database. */
final class EventLog {
  private final PartitionDb db;
  private final Table<Long, byte[]> events;
  private final RecentBatches recent = new RecentBatches();

  EventLog(PartitionDb db) {
    this.db = db;
    this.events = db.table(Family.EVENTS);
  }

  /** Sees one event. */
  interface EventVisitor {
    void visit(long sequence, RecordedEvent event);
  }

  /** Sees one encoded batch; false ends the walk. */
  interface BatchVisitor {
    boolean visit(long firstSequence, byte[] encoded);
  }

  /** Walks the batches from the one that holds a sequence on. */
  void forEachBatch(long fromSequence, BatchVisitor visitor) {
    try (ReadOptions options = new ReadOptions().setReadaheadSize(1 << 20);
        Cursor<Long, byte[]> batches = events.scan(options)) {
      batches.seekForPrev(fromSequence);
      if (!batches.isValid()) {
        batches.seekToFirst();
      }
      while (batches.isValid() && visitor.visit(batches.key(), batches.value())) {
        batches.next();
      }
    }
  }

  /** Sees all events from one sequence to another, both included. */
  void forEachEvent(long from, long through, EventVisitor visitor) {
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

  AppliedView.Past past(long sequence) {
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
  long earliest() {
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
  void deleteBefore(long sequence) {
    try (WriteBatch batch = new WriteBatch()) {
      events.deleteRange(batch, 0L, sequence);
      db.write(batch);
    }
  }

  /** About the bytes on disk of the events from a sequence on. */
  long bytesFrom(long sequence) {
    return events.bytesBetween(sequence, Long.MAX_VALUE);
  }

  static EventBatch decode(byte[] encoded, long first) {
    try {
      return EventBatchCodec.decode(encoded);
    } catch (UnreadableException e) {
      throw StateFault.ofLog(first, e);
    }
  }
}
