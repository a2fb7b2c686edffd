package dev.holdfast.aggregator.testing;

import com.google.common.hash.HashCode;
import dev.holdfast.common.codec.BatchHash;
import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.codec.UnreadableException;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.StateDigest;
import java.util.ArrayList;
import java.util.List;

/** The event log of a partition, as a leader would write it. */
public final class PartitionLog {
  private final int partition;
  private final List<EventBatch> batches = new ArrayList<>();
  private final List<byte[]> encoded = new ArrayList<>();
  private long nextSequence = 1;

  public PartitionLog(int partition) {
    this.partition = partition;
  }

  /** Appends one batch of events. */
  public PartitionLog append(List<? extends Event> events) {
    return append(events, Unreadables.encode(next(events, lastHash())));
  }

  /** Appends adjustments, of which the first has a field that this build does not know. */
  public PartitionLog appendWithNewField(List<? extends Event> events) {
    return append(
        events, Unreadables.withNewField(EventBatchCodec.encode(next(events, lastHash()))));
  }

  private PartitionLog append(List<? extends Event> events, byte[] bytes) {
    batches.add(decoded(bytes));
    encoded.add(bytes);
    nextSequence += events.size();
    return this;
  }

  private static EventBatch decoded(byte[] bytes) {
    try {
      return EventBatchCodec.decodeLeniently(bytes);
    } catch (UnreadableException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The batch that would come next, but linked to another one than the last. */
  public byte[] forged(List<? extends Event> events) {
    return EventBatchCodec.encode(next(events, BatchHash.of(new byte[] {1})));
  }

  private EventBatch next(List<? extends Event> events, byte[] previousHash) {
    List<RecordedEvent> recorded =
        events.stream()
            .map(event -> new RecordedEvent(event, Origin.SYSTEM, "order-1", "", 0))
            .toList();
    long time = 1_700_000_000_000L + nextSequence;
    return new EventBatch(partition, nextSequence, 1, time, previousHash, recorded);
  }

  private byte[] lastHash() {
    return encoded.isEmpty() ? BatchHash.genesis() : BatchHash.of(bytes(size() - 1));
  }

  public int partition() {
    return partition;
  }

  /** Number of batches. */
  public int size() {
    return batches.size();
  }

  public EventBatch batch(int index) {
    return batches.get(index);
  }

  public byte[] bytes(int index) {
    return encoded.get(index);
  }

  public HashCode hash(int index) {
    return HashCode.fromBytes(BatchHash.of(bytes(index)));
  }

  /** The last sequence. */
  public long head() {
    return nextSequence - 1;
  }

  /** Index of the batch that holds a sequence; the size when it was not written yet. */
  public int indexOf(long sequence) {
    int index = 0;
    while (index < size() && batch(index).lastSequence() < sequence) {
      index++;
    }
    return index;
  }

  /** Appends the digest of everything before it. */
  public PartitionLog appendDigest() {
    StateDigest digest = new ReferenceView().include(eventsThrough(head())).digest();
    return append(List.of(new Event.StateDigestRecorded(digest)));
  }

  /** All events up to and including a sequence. */
  public List<Event> eventsThrough(long sequence) {
    return batches.stream()
        .filter(batch -> batch.lastSequence() <= sequence)
        .flatMap(batch -> batch.events().stream())
        .map(RecordedEvent::event)
        .toList();
  }
}
