package dev.holdfast.aggregator.ingest;

import com.google.common.base.Ticker;
import dev.holdfast.aggregator.storage.DataDirectoryException;
import dev.holdfast.aggregator.storage.ViewStore;
import dev.holdfast.aggregator.testing.CrashedCopy;
import dev.holdfast.aggregator.testing.PartitionLog;
import dev.holdfast.aggregator.view.Cursor;
import dev.holdfast.aggregator.view.Projection;
import dev.holdfast.common.domain.EventBatch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

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
