package dev.holdfast.common.domain;

import java.util.List;

/**
 * What the leader decided in one step: one Raft entry.
 *
 * @param firstSequence sequence of the first event; the others follow without gap
 * @param term Raft term in which this was decided
 * @param timeMillis leader's clock, never running backwards in a partition
 * @param previousHash SHA-256 of the encoded batch before
 */
@SuppressWarnings(
    "ArrayRecordComponent") // a batch is never compared; copying 32 bytes buys nothing
public record EventBatch(
    int partition,
    long firstSequence,
    long term,
    long timeMillis,
    byte[] previousHash,
    List<RecordedEvent> events) {

  public long lastSequence() {
    return firstSequence + events.size() - 1;
  }
}
