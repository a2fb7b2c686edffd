package dev.holdfast.store.simulation;

import dev.holdfast.common.codec.BatchHash;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.store.testing.MemoryReplica;
import org.jspecify.annotations.Nullable;

/** An entry of a log, the same in all logs that have it. */
final class RaftEntry {
  private final long term;
  private final byte @Nullable [] batch;
  private @Nullable EventBatch decoded;
  private byte @Nullable [] hash;

  /**
   * @param batch none for the first entry of a leader's term
   */
  RaftEntry(long term, byte @Nullable [] batch) {
    this.term = term;
    this.batch = batch;
  }

  long term() {
    return term;
  }

  byte @Nullable [] batch() {
    return batch;
  }

  /** The batch that it has, decoded once for all replicas in memory. */
  EventBatch decoded() {
    byte[] bytes = bytes();
    if (decoded == null) {
      decoded = MemoryReplica.decode(bytes);
      hash = BatchHash.of(bytes);
    }
    return decoded;
  }

  /** Applies the batch that it has; false when the state passes it over. */
  boolean applyTo(MemoryReplica state) {
    EventBatch event = decoded();
    byte[] bytes = hash;
    return bytes != null && state.apply(term, event, bytes);
  }

  private byte[] bytes() {
    if (batch == null) {
      throw new IllegalStateException("the first entry of a term has no batch");
    }
    return batch;
  }
}
