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
public record ViewCursor(
    long sequence, HashCode batchHash, long timeMillis, StateDigest digest, PartTrust trust) {
  /** Before the first event. */
  public static final ViewCursor START =
      new ViewCursor(
          0, HashCode.fromBytes(BatchHash.genesis()), 0, StateDigest.EMPTY, PartTrust.START);

  public long nextSequence() {
    return sequence + 1;
  }

  /** At the end of a later batch, with what the part holds still to be folded. */
  public ViewCursor at(long lastSequence, HashCode hash, long batchMillis) {
    return new ViewCursor(lastSequence, hash, batchMillis, digest, trust);
  }

  public ViewCursor with(StateDigest newDigest, PartTrust newTrust) {
    return new ViewCursor(sequence, batchHash, timeMillis, newDigest, newTrust);
  }

  public ViewCursor with(PartTrust newTrust) {
    return with(digest, newTrust);
  }
}
