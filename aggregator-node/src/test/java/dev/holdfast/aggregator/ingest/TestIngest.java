package dev.holdfast.aggregator.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import dev.holdfast.aggregator.deadletter.DeadLetterMetrics;
import dev.holdfast.aggregator.deadletter.DeadLetters;
import dev.holdfast.aggregator.deadletter.LetterBounds;
import dev.holdfast.aggregator.deadletter.OperatorQueue;
import dev.holdfast.aggregator.deadletter.RetryPace;
import dev.holdfast.aggregator.storage.DataDirectoryException;
import dev.holdfast.aggregator.storage.ViewStore;
import dev.holdfast.aggregator.testing.CrashedCopy;
import dev.holdfast.aggregator.testing.ManualClock;
import dev.holdfast.aggregator.testing.PartitionLog;
import dev.holdfast.aggregator.testing.ReferenceView;
import dev.holdfast.aggregator.testing.TestKeys;
import dev.holdfast.aggregator.view.PartTrust;
import dev.holdfast.aggregator.view.Projection;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.aggregator.view.ViewRecords;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a stored view step by step, in the thread of the test, and lets it crash. */
final class TestIngest implements AutoCloseable {
  private final int partitions;
  private final Path directory;
  private final ViewProgress progress = new ViewProgress();
  private final IngestMetrics metrics =
      new IngestMetrics(new SimpleMeterRegistry(), Clock.systemUTC(), Ticker.systemTicker());
  private final List<TestLink> links = new ArrayList<>();
  private final ManualClock clock = new ManualClock();
  private final OperatorQueue requests = new OperatorQueue();
  private final Set<String> faultySkus = new HashSet<>();
  private final LetterBounds bounds;
  private int lives;
  private ViewStore store;
  private DeadLetters letters;

  TestIngest(Path directory, int partitions) throws DataDirectoryException {
    this(directory, partitions, new LetterBounds(10_000, 10_000));
  }

  TestIngest(Path directory, int partitions, LetterBounds bounds) throws DataDirectoryException {
    this.bounds = bounds;
    this.directory = directory;
    this.partitions = partitions;
    store = open();
    letters = load(store);
  }

  private Path life() {
    return directory.resolve("life-" + lives);
  }

  private ViewStore open() throws DataDirectoryException {
    ViewStore opened = ViewStore.open(life(), "test", "aggregator", TestKeys.usual());
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
    letters = load(store);
  }

  private DeadLetters load(ViewStore opened) {
    var metered = new DeadLetterMetrics(new SimpleMeterRegistry());
    return new DeadLetters(
        opened.letters(), requests, new RetryPace(clock, () -> 1), metered, bounds);
  }

  /** Replaces a part by what the stores had after a batch; when killed half-way, it starts anew. */
  void rebuild(PartitionLog log, int index, boolean killed)
      throws IOException, DataDirectoryException {
    EventBatch batch = log.batch(index);
    ReferenceView stores = new ReferenceView().include(log.eventsThrough(batch.lastSequence()));
    PartStorage parts = store.parts();
    parts.rebuilding(
        log.partition(), cursor(log.partition()).with(PartTrust.START.rebuilding("test")));
    if (killed) {
      load(parts, half(stores.levels()));
      crash();
      assertThat(cursor(log.partition()).trust().rebuilding()).isTrue();
      rebuild(log, index, false);
      return;
    }
    load(parts, stores.levels());
    correctTotals(parts);
    DeadLetters.Write superseded = letters.superseded(log.partition(), batch.lastSequence());
    parts.rebuilt(
        log.partition(),
        ViewCursor.START
            .at(batch.lastSequence(), log.hash(index), batch.timeMillis())
            .with(stores.digest(), PartTrust.rebuilt(batch.lastSequence())),
        stores.frozenStores(),
        superseded.update());
    superseded.stored();
    progress.open(store.cursors(partitions));
  }

  private static Map<StockKey, StockLevel> half(Map<StockKey, StockLevel> levels) {
    Map<StockKey, StockLevel> half = new HashMap<>();
    levels.entrySet().stream()
        .limit(levels.size() / 2)
        .forEach(level -> half.put(level.getKey(), level.getValue()));
    return half;
  }

  private static void load(PartStorage parts, Map<StockKey, StockLevel> records) {
    RecordRun run = parts.run();
    records.forEach(run::add);
    if (!run.isEmpty()) {
      parts.takeIn(run.write());
    }
  }

  private static void correctTotals(PartStorage parts) {
    PartStorage.TotalsStep step = parts.correctTotals("", 2);
    while (!step.isLast()) {
      step = parts.correctTotals(step.lastSku(), 2);
    }
  }

  WriteCycle cycle() {
    return new WriteCycle(
        store, progress, metrics, letters, this::projection, new PausedPartitions());
  }

  ViewWriter writer(Inbox inbox) {
    return new ViewWriter(inbox, store, progress, metrics, letters, this::projection);
  }

  private Projection projection(ViewRecords stored) {
    return new Projection(stored, this::level);
  }

  private StockLevel level(StockKey item, StockLevel after) {
    if (faultySkus.contains(item.sku())) {
      throw new IllegalStateException("a bug");
    }
    return after;
  }

  /** SKUs whose changes cannot be applied. */
  Set<String> faultySkus() {
    return faultySkus;
  }

  /** Tries parked changes again, as long as some are due or asked for. */
  void retry() {
    while (letters.hasWork()) {
      WriteCycle cycle = cycle();
      cycle.retry();
      cycle.finish();
    }
  }

  /** Time goes by, and what is due then is tried. */
  void pass(Duration time) {
    clock.pass(time);
    retry();
  }

  DeadLetters letters() {
    return letters;
  }

  OperatorQueue requests() {
    return requests;
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
    return new FeedMessage.Batch(batch, log.hash(index), log.bytes(index));
  }

  ViewCursor cursor(int partition) {
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
