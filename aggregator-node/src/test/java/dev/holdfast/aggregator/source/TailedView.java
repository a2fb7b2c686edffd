package dev.holdfast.aggregator.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.base.Ticker;
import dev.holdfast.aggregator.deadletter.DeadLetterMetrics;
import dev.holdfast.aggregator.deadletter.DeadLetters;
import dev.holdfast.aggregator.deadletter.LetterBounds;
import dev.holdfast.aggregator.deadletter.OperatorQueue;
import dev.holdfast.aggregator.deadletter.RetryPace;
import dev.holdfast.aggregator.ingest.Inbox;
import dev.holdfast.aggregator.ingest.IngestMetrics;
import dev.holdfast.aggregator.ingest.ViewProgress;
import dev.holdfast.aggregator.ingest.ViewWriter;
import dev.holdfast.aggregator.storage.DataDirectoryException;
import dev.holdfast.aggregator.storage.ViewStore;
import dev.holdfast.aggregator.testing.FakeStoreNode;
import dev.holdfast.aggregator.testing.PartitionLog;
import dev.holdfast.aggregator.testing.ReferenceView;
import dev.holdfast.aggregator.testing.TestKeys;
import dev.holdfast.aggregator.view.Projection;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.common.domain.Event;
import io.github.resilience4j.core.IntervalFunction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Store, writer and tails of an aggregator that follows fake store nodes: one life of it. */
final class TailedView implements AutoCloseable {
  private static final TailTiming FAST =
      new TailTiming(Duration.ofMillis(500), IntervalFunction.of(Duration.ofMillis(20)));

  private final List<PartitionLog> logs;
  private final Set<Integer> truncated = ConcurrentHashMap.newKeySet();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ViewProgress progress = new ViewProgress();
  private final ViewStore store;
  private final ViewWriter writer;
  private final FeedTails tails;

  TailedView(Path directory, List<PartitionLog> logs, List<FakeStoreNode> nodes)
      throws DataDirectoryException {
    this.logs = logs;
    store = ViewStore.open(directory, "c1", "aggregator", TestKeys.usual());
    progress.open(store.cursors(logs.size()));
    Inbox inbox = FeedTails.inbox(logs.size());
    var metrics = new IngestMetrics(registry, Clock.systemUTC(), Ticker.systemTicker());
    metrics.watch(progress);
    DeadLetters letters =
        new DeadLetters(
            store.letters(),
            new OperatorQueue(),
            RetryPace.standard(),
            new DeadLetterMetrics(registry),
            new LetterBounds(10_000, 10_000));
    writer = new ViewWriter(inbox, store, progress, metrics, letters, Projection::new);
    writer.start();
    progress.listen(new TruncationListener());
    tails = new FeedTails(replicas(nodes), progress, inbox, Ticker.systemTicker(), registry, FAST);
    tails.start(false);
  }

  private final class TruncationListener implements ViewProgress.Listener {
    @Override
    public void truncated(int partition) {
      truncated.add(partition);
    }
  }

  /** Partitions whose history was found to be gone. */
  Set<Integer> truncated() {
    return truncated;
  }

  FeedTails tails() {
    return tails;
  }

  private static List<Replica> replicas(List<FakeStoreNode> nodes) {
    List<Replica> replicas = new ArrayList<>();
    nodes.forEach(node -> replicas.add(new Replica("node-" + replicas.size(), node.channel())));
    return replicas;
  }

  TailStatus tail(int partition) {
    return tails.statuses().get(partition);
  }

  long sequence(int partition) {
    return progress.of(partition).cursor().sequence();
  }

  double gauge(String name, int partition) {
    return registry.get(name).tag("partition", Integer.toString(partition)).gauge().value();
  }

  double counted(String name, String tag, String value) {
    return registry.find(name).tag(tag, value).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  void awaitConnected() {
    await().until(() -> tails.statuses().stream().allMatch(TailStatus::connected));
  }

  void awaitFault(int partition) {
    await().until(() -> tail(partition).fault() != null);
  }

  /** Waits until the view includes all logs, and checks that it is their fold. */
  void awaitTheWholeLog() {
    await().until(() -> logs.stream().allMatch(log -> sequence(log.partition()) == log.head()));
    List<Event> events = new ArrayList<>();
    logs.forEach(log -> events.addAll(log.eventsThrough(log.head())));
    try (ViewCut cut = store.cut()) {
      assertThat(ReferenceView.lines(cut)).isEqualTo(new ReferenceView().include(events).lines());
    }
  }

  @Override
  public void close() {
    tails.stop();
    writer.stop();
    store.close();
    assertThat(tails.fault()).isNull();
    assertThat(writer.fault()).isNull();
  }
}
