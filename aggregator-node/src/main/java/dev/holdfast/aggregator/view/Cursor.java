package dev.holdfast.aggregator.view;

import com.google.common.hash.HashCode;
import dev.holdfast.common.codec.BatchHash;

/**
 * How far the view got in the event log of one partition. Always stands at the end of a batch.
 *
 * @param sequence the last event that the view includes, 0 before the first
 * @param batchHash SHA-256 of the batch that holds it
 * @param timeMillis the leader's time of that batch
 */
public record Cursor(long sequence, HashCode batchHash, long timeMillis) {
  /** Before the first event. */
  public static final Cursor START = new Cursor(0, HashCode.fromBytes(BatchHash.genesis()), 0);

  public long nextSequence() {
    return sequence + 1;
  }
}
