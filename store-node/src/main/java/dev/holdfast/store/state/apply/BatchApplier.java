package dev.holdfast.store.state.apply;

import dev.holdfast.common.codec.BatchHash;
import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.codec.UnreadableException;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.TransferEvent;
import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.store.decide.state.DigestProgress;
import dev.holdfast.store.decide.state.Receipt;
import dev.holdfast.store.state.db.AppliedState;
import dev.holdfast.store.state.db.EventLog;
import dev.holdfast.store.state.db.PartitionDb;
import dev.holdfast.store.state.fault.DigestFault;
import dev.holdfast.store.state.fault.StateFault;
import java.util.Arrays;

/**
 * Applies Raft entries, in order, as one RocksDB write. Blind and the same on every replica. Used
 * by the applying thread only; nothing is visible before {@link #commit}.
 */
public final class BatchApplier implements AutoCloseable {
  private final EventLog log;
  private final StateWriter writer;
  private AppliedState applied;
  private long readableSequence;
  private long digestRecordedAt;
  private int digestsChecked;

  public BatchApplier(PartitionDb db, AppliedState applied) {
    this.log = db.log();
    this.writer = new StateWriter(db, applied.digests().current());
    this.digestRecordedAt = applied.digests().recordedAt();
    this.applied = applied;
    this.readableSequence = applied.sequence();
  }

  /**
   * Applies an entry, or passes it over.
   *
   * @return whether the batch belongs here: false when a batch before it was lost, or when it was
   *     decided in another term
   * @throws StateFault when the state is not a prefix of the log that the entry comes from
   */
  public boolean apply(long index, long term, byte[] encoded) {
    if (holds(index)) {
      checkSameLog(index, term);
      return true; // in the state already, from before a restart
    }
    EventBatch batch = decode(encoded, index);
    if (batch.firstSequence() != applied.sequence() + 1 || batch.term() != term) {
      applied = applied.skipped(index, term);
      return false;
    }
    if (!Arrays.equals(batch.previousHash(), applied.batchHash())) {
      throw new StateFault("entry " + index + " does not follow the batch before it: hash chain");
    }
    long evictThrough = evictThrough(batch);
    makeReadable(evictThrough);
    writer.putBatch(batch.firstSequence(), encoded);
    long receipts = fold(batch);
    applied =
        new AppliedState(
            index,
            term,
            batch.lastSequence(),
            batch.timeMillis(),
            BatchHash.of(encoded),
            applied.receiptsEvictedThrough(),
            applied.receiptsCount() + receipts,
            new DigestProgress(writer.digest(), digestRecordedAt));
    evictReceipts(evictThrough);
    return true;
  }

  /** Whether the state was written by an entry at or behind this place of a log. */
  public boolean holds(long index) {
    return index <= applied.raftIndex();
  }

  /**
   * Committed entries never change, so what is in the state cannot come again with a later term. If
   * it does, the log was rewritten below the state, or the state is a copy of another's.
   */
  private void checkSameLog(long index, long term) {
    boolean last = index == applied.raftIndex();
    if (term > applied.raftTerm() || (last && term != applied.raftTerm())) {
      throw new StateFault(
          "the state is not of this log: entry %d is of term %d, but the state holds entries up to %d of term %d"
              .formatted(index, term, applied.raftIndex(), applied.raftTerm()));
    }
  }

  private static EventBatch decode(byte[] encoded, long index) {
    try {
      return EventBatchCodec.decode(encoded);
    } catch (UnreadableException e) {
      throw StateFault.ofEntry(index, e);
    }
  }

  /** The number of receipts that came with it. */
  private long fold(EventBatch batch) {
    long sequence = batch.firstSequence();
    long receipts = 0;
    for (RecordedEvent event : batch.events()) {
      event.foldInto(writer, batch.timeMillis());
      if (event.isReceipt()) {
        writer.putReceipt(event.receiptKey(), new Receipt(sequence, event.fingerprint()));
        receipts++;
      }
      if (event.event() instanceof Event.StateDigestRecorded recorded) {
        checkDigest(sequence, recorded.digest());
      }
      sequence++;
    }
    return receipts;
  }

  /** The leader's fold and this one must come to the same, or one of them is wrong. */
  private void checkDigest(long sequence, StateDigest expected) {
    if (!writer.digest().equals(expected)) {
      throw new DigestFault(
          "the digest recorded at sequence " + sequence, expected, writer.digest());
    }
    digestRecordedAt = sequence;
    digestsChecked++;
  }

  /** How far a batch evicts receipts, never up to its own: of those, nothing is due. */
  private static long evictThrough(EventBatch batch) {
    long through = 0;
    for (RecordedEvent event : batch.events()) {
      if (event.event() instanceof Event.ReceiptsEvicted evicted
          && evicted.throughSequence() < batch.firstSequence()) {
        through = Math.max(through, evicted.throughSequence());
      }
    }
    return through;
  }

  /**
   * An eviction reads the log, so entries before it may have to be written early. Before it, so
   * that the evicting entry itself is written whole.
   */
  private void makeReadable(long through) {
    if (through > readableSequence) {
      writer.commit(applied);
      readableSequence = applied.sequence();
    }
  }

  private void evictReceipts(long through) {
    if (through <= applied.receiptsEvictedThrough()) {
      return;
    }
    FailPoint.RECEIPTS_EVICT.reach();
    long[] evicted = {0};
    ClosedReservations closed = new ClosedReservations(writer::forgetReservation);
    log.forEachEvent(
        applied.receiptsEvictedThrough() + 1,
        through,
        (sequence, event) -> {
          if (event.isReceipt()) {
            writer.removeReceipt(event.receiptKey());
            evicted[0]++;
          }
          forgetClosed(sequence, event.event());
          closed.see(event);
        });
    applied =
        new AppliedState(
            applied.raftIndex(),
            applied.raftTerm(),
            applied.sequence(),
            applied.timeMillis(),
            applied.batchHash(),
            through,
            applied.receiptsCount() - evicted[0],
            applied.digests());
  }

  /** A closed transfer never changes again, so its record is still that of the closing event. */
  private void forgetClosed(long sequence, Event event) {
    if (event instanceof TransferEvent.OfSource ofSource
        && ofSource.after().closedAt() == sequence) {
      writer.removeTransfer(ofSource.transfer());
    }
  }

  /** Whether hand-overs came, or were answered, with what was applied. */
  public boolean changedChannels() {
    return writer.changedChannels();
  }

  /** How many digests of the log agreed with this fold. */
  public int digestsChecked() {
    return digestsChecked;
  }

  /** Makes it all durable-by-log and visible, in one write. */
  public AppliedState commit() {
    writer.commit(applied);
    return applied;
  }

  @Override
  public void close() {
    writer.close();
  }
}
