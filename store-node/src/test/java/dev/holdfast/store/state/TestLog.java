package dev.holdfast.store.state;

import dev.holdfast.common.codec.BatchHash;
import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.testing.Requests;
import java.util.ArrayList;
import java.util.List;

/** Writes chained batches of a test's own events, in term 1. */
public final class TestLog {
  private final List<RecordedEvent> events = new ArrayList<>();
  private byte[] lastHash = BatchHash.genesis();
  private long timeMillis;

  /** The next batch, at the time that was set last. */
  public byte[] batch(RecordedEvent... batch) {
    EventBatch next =
        new EventBatch(0, events.size() + 1L, 1, timeMillis, lastHash, List.of(batch));
    events.addAll(List.of(batch));
    byte[] encoded = EventBatchCodec.encode(next);
    lastHash = BatchHash.of(encoded);
    return encoded;
  }

  public TestLog at(long millis) {
    timeMillis = millis;
    return this;
  }

  public List<RecordedEvent> events() {
    return events;
  }

  public static RecordedEvent created(String sku) {
    return keyed(sku, "");
  }

  /** An event that is also the receipt of a key. */
  public static RecordedEvent keyed(String sku, String key) {
    Event event = new Event.ItemCreated(new StockKey("berlin", sku), new StockLevel(1, 0, 1));
    return new RecordedEvent(event, Requests.ALICE, "", key, key.isEmpty() ? 0 : 7);
  }

  /** A keyed event of many bytes. */
  public static RecordedEvent large(String sku, String key) {
    RecordedEvent event = keyed(sku, key);
    return new RecordedEvent(
        event.event(), event.origin(), "x".repeat(16_000), key, event.fingerprint());
  }

  public static RecordedEvent evicted(long through) {
    Event event = new Event.ReceiptsEvicted(through);
    return new RecordedEvent(event, Requests.ALICE, "", "", 0);
  }
}
