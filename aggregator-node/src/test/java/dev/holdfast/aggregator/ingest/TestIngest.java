package dev.holdfast.aggregator.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import dev.holdfast.aggregator.storage.DataDirectoryException;
import dev.holdfast.aggregator.storage.ViewStore;
import dev.holdfast.aggregator.testing.CrashedCopy;
import dev.holdfast.aggregator.testing.PartitionLog;
import dev.holdfast.aggregator.testing.ReferenceView;
import dev.holdfast.aggregator.view.Cursor;
import dev.holdfast.aggregator.view.Projection;
import dev.holdfast.aggregator.view.Trust;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a stored view step by step, in the thread of the test, and lets it crash. */
final class TestIngest implements AutoCloseable {
  private final int partitions;
  private final Path directory;
  private final ViewProgress progress = new ViewProgress();
  private final IngestMetrics metrics =
      new IngestMetrics(new SimpleMeterRegistry(), Clock.systemUTC(), Ticker.systemTicker());
  private final List<TestLink> links = new ArrayList<>();
  private int lives;
  private ViewStore store;

  TestIngest(Path directory, int partitions) throws DataDirectoryException {
    this.directory = directory;
    this.partitions = partitions;
    store = open();
  }

  private Path life() {
    return directory.resolve("life-" + lives);
  }

  private ViewStore open() throws DataDirectoryException {
    ViewStore opened = ViewStore.open(life(), "test", "aggregator");
    progress.open(opened.cursors(partitions));
    links.clear();
    for (int partition = 0; partition < partitions; partition++) {
      links.add(new TestLink(partition));
    }
    return opened;
  }

  /** kill -9, and a new start. */
  void crash() throws IOException, DataDirectoryException {
    Path before = life();
    lives++;
    CrashedCopy.of(before, life());
    store.close();
    store = open();
  }

  /** Replaces a part by what the stores had after a batch; when killed half-way, it starts anew. */
  void rebuild(PartitionLog log, int index, boolean killed)
      throws IOException, DataDirectoryException {
    EventBatch batch = log.batch(index);
    ReferenceView stores = new ReferenceView().include(log.eventsThrough(batch.lastSequence()));
    PartStorage parts = store.parts();
    parts.rebuilding(log.partition(), cursor(log.partition()).with(Trust.START.rebuilding("test")));
    if (killed) {
      parts.load(half(stores.levels()), List.of());
      crash();
      assertThat(cursor(log.partition()).trust().rebuilding()).isTrue();
      rebuild(log, index, false);
      return;
    }
    parts.load(stores.levels(), List.of());
    correctTotals(parts);
    parts.rebuilt(
        log.partition(),
        Cursor.START
            .at(batch.lastSequence(), log.hash(index), batch.timeMillis())
            .with(stores.digest(), Trust.rebuilt(batch.lastSequence())));
    progress.open(store.cursors(partitions));
  }

  private static Map<StockKey, StockLevel> half(Map<StockKey, StockLevel> levels) {
    Map<StockKey, StockLevel> half = new HashMap<>();
    levels.entrySet().stream()
        .limit(levels.size() / 2)
        .forEach(level -> half.put(level.getKey(), level.getValue()));
    return half;
  }

  private static void correctTotals(PartStorage parts) {
    PartStorage.TotalsStep step = parts.correctTotals("", 2);
    while (!step.isLast()) {
      step = parts.correctTotals(step.lastSku(), 2);
    }
  }

  WriteCycle cycle() {
    return new WriteCycle(parts(new Inbox(1)), new Holds());
  }

  WriterParts parts(Inbox inbox) {
    return new WriterParts(inbox, store, progress, metrics, Projection::new);
  }

  /** A message of the partition's subscription; of a new one when the last was refused. */
  Delivery delivery(int partition, FeedMessage message) {
    if (links.get(partition).isRefused()) {
      links.set(partition, new TestLink(partition));
    }
    return new Delivery(links.get(partition), message);
  }

  TestLink link(int partition) {
    return links.get(partition);
  }

  static FeedMessage message(PartitionLog log, int index) {
    EventBatch batch = log.batch(index);
    Arrival arrival = new Arrival(log.head(), 1);
    return new FeedMessage.Batch(batch, log.hash(index), arrival, log.bytes(index));
  }

  Cursor cursor(int partition) {
    return progress.of(partition).cursor();
  }

  ViewProgress progress() {
    return progress;
  }

  ViewStore store() {
    return store;
  }

  @Override
  public void close() {
    store.close();
  }
}
