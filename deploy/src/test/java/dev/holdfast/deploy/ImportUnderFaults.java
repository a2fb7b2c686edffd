package dev.holdfast.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.deploy.cluster.Finished;
import dev.holdfast.deploy.cluster.NodeContainer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main job in bad weather: while an import runs, the leader of the busiest partition is killed,
 * the next one is cut off, the next one paused, and the aggregator killed each time. Afterwards
 * everything must be exactly as if nothing had happened, and the aggregator proves it.
 */
final class ImportUnderFaults {
  private static final Logger LOG = LoggerFactory.getLogger(ImportUnderFaults.class);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration VIEW_TIME_MAX = Duration.ofSeconds(60);
  private static final Duration IMPORT_TIME_MAX = Duration.ofMinutes(4);

  private final HoldfastCluster cluster;
  private final ImportFiles files;

  ImportUnderFaults(HoldfastCluster cluster, ImportFiles files) {
    this.cluster = cluster;
    this.files = files;
  }

  void run() {
    StockTable expected = StockTable.expected(cluster.tools().readGzip(files.expected()));
    long operations = cluster.tools().readGzip(files.operations()).lines().skip(1).count();
    long events = expected.size() + operations;
    CompletableFuture<Finished> running = cluster.tools().startHoldfast(files.pacedCommand());
    List<Fault> faults = List.of(Fault.values());
    int shares = faults.size() + 2; // what was held up by the last fault comes in a burst
    for (int i = 0; i < faults.size(); i++) {
      awaitEvents(events * i / shares + 1, running);
      try (Pace pace = new Pace(cluster, events * (i + 1) / shares)) {
        strikeBusiestLeader(faults.get(i), running, pace);
      }
      strikeAggregator(running);
    }
    String summary = finish(running);
    assertThat(summary).contains("accepted").doesNotContain("refused", "undecided", "malformed");
    shouldBeExact(expected, summary);
  }

  /** The import must go on without the node before the node comes back. */
  private void strikeBusiestLeader(Fault fault, CompletableFuture<Finished> running, Pace pace) {
    int partition = cluster.status().busiestPartition();
    NodeContainer leader = cluster.node(cluster.awaitLeader(partition));
    shouldRun(running);
    LOG.info("{} of {}, which leads partition {}", fault, leader.id(), partition);
    fault.strike(leader);
    cluster.eventually("another leader", () -> cluster.hasLeaderOtherThan(leader, partition));
    awaitEvents(cluster.status().events() + 1, running);
    fault.mend(leader);
    cluster.eventually(
        leader.id() + " to be back",
        () -> {
          pace.watch();
          return leader.isReady() && cluster.status().isCurrent(leader.id(), partition);
        });
    LOG.info("{} is back after {} events", leader.id(), cluster.status().events());
  }

  private void strikeAggregator(CompletableFuture<Finished> running) {
    shouldRun(running);
    cluster.aggregator().killHard();
    cluster.aggregator().startAgain();
  }

  private void awaitEvents(long count, CompletableFuture<Finished> running) {
    await(count + " events")
        .atMost(IMPORT_TIME_MAX)
        .pollInterval(LOOK)
        .until(() -> running.isDone() || cluster.status().events() >= count);
    shouldRun(running);
  }

  private static void shouldRun(CompletableFuture<Finished> running) {
    if (running.isDone()) {
      throw new AssertionError("the import ended before the last fault: " + running.join());
    }
  }

  private static String finish(CompletableFuture<Finished> running) {
    await().atMost(IMPORT_TIME_MAX).pollInterval(LOOK).until(running::isDone);
    Finished finished = running.join();
    LOG.info("the import said:\n{}{}", finished.err(), finished.out());
    return finished.outOrFail();
  }

  private void shouldBeExact(StockTable expected, String summary) {
    cluster.awaitInStep();
    String stock = cluster.stock();
    assertThat(StockTable.ofStores(stock).differencesFrom(expected)).isEmpty();
    everyReplicaShouldHold(stock);
    globalViewShouldEqual(StockTable.sumsOfStores(stock));
    aggregatorShouldProveTheSum();
    secondImportShouldChangeNothing(stock, summary);
  }

  private void everyReplicaShouldHold(String stock) {
    for (NodeContainer node : cluster.stores()) {
      boolean same = cluster.stockHeldBy(node).equals(stock);
      assertThat(same).as("%s holds the same stock as the cluster", node.id()).isTrue();
    }
  }

  private void globalViewShouldEqual(StockTable sums) {
    await("the global view to be the sum of the stores")
        .atMost(VIEW_TIME_MAX)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(globalView().differencesFrom(sums)).isEmpty());
  }

  private void aggregatorShouldProveTheSum() {
    Finished proof = cluster.tools().holdfast("verify", "-o", "json");
    LOG.info("the proof:\n{}{}", proof.out(), proof.err());
    assertThat(proof.outOrFail()).doesNotContain("\"equal\":false").contains("\"equal\":true");
  }

  private StockTable globalView() {
    Finished listed = cluster.tools().holdfast("global", "list", "--all", "-o", "csv");
    return StockTable.ofGlobalView(listed.outOrFail());
  }

  private void secondImportShouldChangeNothing(String stock, String firstSummary) {
    String summary = cluster.tools().holdfast(files.command()).outOrFail();
    boolean same = cluster.stock().equals(stock);
    assertThat(summary).isEqualTo(firstSummary);
    assertThat(same).as("same quantities and versions after a second import").isTrue();
  }
}
