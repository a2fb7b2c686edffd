package dev.holdfast.store.testing;

import dev.holdfast.common.codec.BatchHash;
import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.codec.UnreadableException;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.store.commit.AppliedView;
import dev.holdfast.store.decide.state.DigestProgress;
import java.util.Arrays;

/**
 * A replica in memory, with the rules of apply: the batch must follow and be of its entry's term.
 */
public final class MemoryReplica extends MemoryState implements AppliedView {
  private LogEnd end = new LogEnd(0, 0, BatchHash.genesis(), DigestProgress.NONE);

  public MemoryReplica() {}

  /** A replica that holds what another one holds now. */
  public MemoryReplica(MemoryReplica other) {
    super(other);
    this.end = other.logEnd();
  }

  /** Applies a committed entry; false when it is passed over. */
  public boolean apply(long entryTerm, byte[] encoded) {
    return apply(entryTerm, decode(encoded), BatchHash.of(encoded));
  }

  /** Applies a committed entry whose batch is decoded already. */
  public synchronized boolean apply(long entryTerm, EventBatch batch, byte[] hash) {
    if (batch.firstSequence() != end.sequence() + 1 || batch.term() != entryTerm) {
      return false;
    }
    if (!Arrays.equals(batch.previousHash(), end.batchHash())) {
      throw new AssertionError("batch " + batch.firstSequence() + " follows another batch");
    }
    if (batch.timeMillis() < end.timeMillis()) {
      throw new AssertionError("time ran backwards at " + batch.firstSequence());
    }
    for (RecordedEvent event : batch.events()) {
      apply(event, batch.timeMillis());
    }
    DigestProgress digests = new DigestProgress(digest(), digestRecordedAt());
    end = new LogEnd(batch.lastSequence(), batch.timeMillis(), hash, digests);
    return true;
  }

  public static EventBatch decode(byte[] encoded) {
    try {
      return EventBatchCodec.decode(encoded);
    } catch (UnreadableException e) {
      throw new AssertionError("the loop wrote what cannot be read", e);
    }
  }

  @Override
  public synchronized LogEnd logEnd() {
    return end;
  }

  @Override
  public synchronized Past past(long sequence) {
    return new Past(event(sequence), timeMillis(sequence));
  }
}
