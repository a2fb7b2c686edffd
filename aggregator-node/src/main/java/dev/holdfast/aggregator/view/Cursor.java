package dev.holdfast.aggregator.view;

import com.google.common.hash.HashCode;
import dev.holdfast.common.codec.BatchHash;
import dev.holdfast.common.domain.StateDigest;

/**
 * The place that the view has reached in the event log of one partition, and the digest of that
 * part. Always stands at the end of a batch.
 *
 * @param sequence the last event that the view includes, 0 before the first
 * @param batchHash SHA-256 of the batch that holds it
 * @param timeMillis the leader's time of that batch
 * @param digest of the partition's part of the view, as the view stands
 * @param trust how good that part is
 */
public record Cursor(
    long sequence, HashCode batchHash, long timeMillis, StateDigest digest, Trust trust) {
  /** Before the first event. */
  public static final Cursor START =
      new Cursor(0, HashCode.fromBytes(BatchHash.genesis()), 0, StateDigest.EMPTY, Trust.START);

  public long nextSequence() {
    return sequence + 1;
  }

  /** At the end of a later batch, with what the part holds still to be folded. */
  public Cursor at(long lastSequence, HashCode hash, long batchMillis) {
    return new Cursor(lastSequence, hash, batchMillis, digest, trust);
  }

  public Cursor with(StateDigest newDigest, Trust newTrust) {
    return new Cursor(sequence, batchHash, timeMillis, newDigest, newTrust);
  }

  public Cursor with(Trust newTrust) {
    return with(digest, newTrust);
  }
}
