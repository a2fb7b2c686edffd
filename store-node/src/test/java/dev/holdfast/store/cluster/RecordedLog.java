package dev.holdfast.store.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.codec.BatchHash;
import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.codec.UnreadableException;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.store.state.read.StateReads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A partition's whole log, checked while it is read: gapless, time not running back, hash chain.
 */
final class RecordedLog {
  private final List<byte[]> batches = new ArrayList<>();
  private final List<RecordedEvent> events = new ArrayList<>();
  private byte[] lastHash = BatchHash.genesis();
  private long lastTimeMillis;

  static RecordedLog of(StateReads store) {
    RecordedLog log = new RecordedLog();
    store.forEachBatch(
        1,
        (first, encoded) -> {
          log.add(encoded);
          return true;
        });
    return log;
  }

  /** Takes the next batch of the log. */
  void add(byte[] encoded) {
    EventBatch batch = decode(encoded);
    assertThat(batch.firstSequence()).isEqualTo(events.size() + 1);
    assertThat(batch.previousHash()).isEqualTo(lastHash);
    assertThat(batch.timeMillis()).isGreaterThanOrEqualTo(lastTimeMillis);
    lastHash = BatchHash.of(encoded);
    lastTimeMillis = batch.timeMillis();
    batches.add(encoded);
    events.addAll(batch.events());
  }

  private static EventBatch decode(byte[] encoded) {
    try {
      return EventBatchCodec.decode(encoded);
    } catch (UnreadableException e) {
      throw new AssertionError(e);
    }
  }

  List<byte[]> batches() {
    return batches;
  }

  List<RecordedEvent> events() {
    return events;
  }

  long lastSequence() {
    return events.size();
  }

  RecordedEvent event(long sequence) {
    return events.get((int) sequence - 1);
  }

  /** How often each idempotency key stands in the log. */
  Map<String, Long> keys() {
    return events.stream()
        .filter(RecordedEvent::isReceipt)
        .collect(Collectors.groupingBy(RecordedEvent::idempotencyKey, Collectors.counting()));
  }
}
