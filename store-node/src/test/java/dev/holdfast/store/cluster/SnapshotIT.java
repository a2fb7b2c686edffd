package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.Caller.reservation;
import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.alipay.sofa.jraft.entity.LocalFileMetaOutter.LocalFileMeta;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.storage.snapshot.local.LocalSnapshotMetaTable;
import dev.holdfast.common.config.ConfigException;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Replicas that come back: from a snapshot, from their disk, from what a crash left of it. */
final class SnapshotIT {
  private static final int EVERY = 100;
  private static final String SKU = "sku";

  private TestCluster cluster;

  @BeforeEach
  void start(@TempDir Path directory) {
    String every = Integer.toString(EVERY);
    cluster = TestCluster.started(directory, Map.of("snapshot.every-events", every));
    for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
      cluster.node(0).call().create(store(partition), SKU, 1_000_000);
      ReserveRequest held = reservation(store(partition), "held", SKU, 7).build();
      cluster.node(0).call().ask(inventory -> inventory.reserve(held));
    }
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void shouldBringAWipedNodeBackBySnapshotAndTail() throws IOException {
    TestNode wiped = cluster.node(2);
    fillUntilLogIsTruncated();
    wiped.stop();
    DiskFaults.delete(wiped.dataDir());
    move(0, 20); // a tail behind the snapshot

    wiped.start();

    for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
      assertThat(cluster.awaitEqualReplicas(partition).sequence()).isGreaterThan(EVERY);
      assertThat(currentDatabase(wiped, partition))
          .as("state from a snapshot")
          .isNotEqualTo("db-0");
      RecordedLog log = RecordedLog.of(wiped.state(partition));
      assertThat(log.lastSequence()).isEqualTo(wiped.state(partition).applied().sequence());
      assertThat(LogAudit.stockOf(log.events()))
          .isEqualTo(ReplicaContent.of(wiped.state(partition)).stock());
    }
    assertWorks(wiped);
  }

  @Test
  void shouldBringAStoppedNodeBackBySnapshotOverItsOldState() throws IOException {
    TestNode late = cluster.node(1);
    late.stop();
    cluster.awaitLeaders();
    fillUntilLogIsTruncated();

    late.start();

    for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
      cluster.awaitEqualReplicas(partition);
      assertThat(currentDatabase(late, partition)).as("state from a snapshot").isNotEqualTo("db-0");
    }
    assertWorks(late);
  }

  /** As a crash leaves it, in the middle of a snapshot of its own or of a copy of the leader's. */
  @Test
  void shouldCopyASnapshotThoughAnotherWasLeftHalfDone() throws IOException {
    TestNode late = cluster.node(1);
    late.stop();
    Path snapshots = late.dataDir().resolve("partition-0").resolve("raft").resolve("snapshot");
    leaveHalfDone(snapshots.resolve("temp"));
    cluster.awaitLeaders();
    fillUntilLogIsTruncated();

    late.start();

    cluster.awaitEqualReplicas(0);
    assertThat(currentDatabase(late, 0)).as("state from a snapshot").isNotEqualTo("db-0");
    assertWorks(late);
  }

  private static void leaveHalfDone(Path snapshot) throws IOException {
    LocalSnapshotMetaTable files = new LocalSnapshotMetaTable(new RaftOptions());
    for (int i = 0; i < 5; i++) {
      String name = "left-" + i;
      Files.writeString(Files.createDirectories(snapshot).resolve(name), name);
      files.addFile(name, LocalFileMeta.newBuilder().setChecksum(name).build());
    }
    assertThat(files.saveToFile(snapshot.resolve("__raft_snapshot_meta").toString())).isTrue();
  }

  @Test
  void shouldGoOnAfterARestartOfAllNodes() {
    move(0, 250);
    List<ReplicaContent> before = contents();
    cluster.nodes().forEach(TestNode::stop);

    cluster.start();

    assertThat(contents()).isEqualTo(before);
    long sequence = cluster.node(0).call().adjust(store(0), SKU, 1).getPosition().getSequence();
    assertThat(sequence).isEqualTo(before.get(0).sequence() + 1);
    assertWorks(cluster.node(1));
  }

  @Test
  void shouldGoOnFromWhatACrashLeaves(@TempDir Path crashed) throws IOException {
    move(0, EVERY + EVERY / 2); // one snapshot
    move(1, 30); // none
    List<ReplicaContent> before = contents();
    for (TestNode node : cluster.nodes()) {
      Path snapshots = node.dataDir().resolve("partition-0").resolve("raft").resolve("snapshot");
      patiently().until(() -> names(snapshots).matches("snapshot_\\d+"));
    }
    for (TestNode node : cluster.nodes()) {
      DiskFaults.copy(
          node.dataDir(), crashed.resolve(node.id)); // while it runs: nothing is flushed
    }
    move(0, 10); // what the copies do not know
    for (TestNode node : cluster.nodes()) {
      node.stop();
      node.with("node.data-dir", crashed.resolve(node.id).toString());
    }

    cluster.start();

    assertThat(contents()).isEqualTo(before);
    assertWorks(cluster.node(2));
  }

  @Test
  void shouldRefuseCorruptSnapshotsAndComeBackOnceWiped() throws IOException {
    TestNode node = cluster.node(2);
    fillUntilLogIsTruncated();
    node.stop();
    Path raft = loseState(node, 0).resolve("raft");
    DiskFaults.flipBits(tablesOf(raft, "snapshot"));

    assertThatThrownBy(node::start)
        .isInstanceOf(ConfigException.class)
        .hasMessageNotContaining("\n")
        .hasMessageContaining("partition 0");

    // Not the same directory: a failed start of JRaft keeps its log open until the process ends.
    node.with("node.data-dir", node.dataDir() + "-wiped").start();
    patiently().until(() -> node.replica(0).awaited() == null);
    assertThat(node.replica(0).membership().incarnation()).isPositive();
    cluster.awaitEqualReplicas(0);
    assertWorks(node);
  }

  /** The term of the entry before its log's first one is not known to a leader any more. */
  @Test
  void shouldLearnFirstWhenTheLogBeginsRightAfterItsLastEntry() throws IOException {
    ListAppender<ILoggingEvent> seats = new ListAppender<>();
    seats.start();
    Logger logger = (Logger) LoggerFactory.getLogger("dev.holdfast.store.raft.Seats");
    logger.addAppender(seats);
    cluster.awaitPreferredLeaders(); // a leader that stops may get its successor's first entry
    TestNode node = cluster.followerOf(0);
    cluster.awaitEqualReplicas(0);
    snapshotAtTheEnd();
    node.stop();
    move(0, 10);
    snapshotAtTheEnd();
    Files.delete(node.dataDir().resolve("partition-0").resolve("replica"));

    node.start();
    patiently().until(() -> node.replica(0).awaited() == null);
    logger.detachAppender(seats);

    assertThat(seats.list.stream().map(ILoggingEvent::getFormattedMessage))
        .filteredOn(line -> line.startsWith("partition-0"))
        .anyMatch(line -> line.endsWith("learns"));
    cluster.awaitEqualReplicas(0);
    assertWorks(node);
  }

  private void snapshotAtTheEnd() {
    for (TestNode node : cluster.nodes().stream().filter(TestNode::isRunning).toList()) {
      patiently()
          .until(
              () -> {
                node.replica(0).snapshot();
                return node.replica(0).raft().snapshotIndex()
                    == node.state(0).applied().raftIndex();
              });
    }
  }

  @Test
  void shouldFallBackToTheSnapshotBeforeACorruptOne() throws IOException {
    TestNode node = cluster.node(2);
    fillUntilLogIsTruncated();
    ReplicaContent before = cluster.awaitEqualReplicas(0);
    node.replica(0).snapshot(); // at rest: the log has to reach back all the same
    node.replica(0).snapshot();
    node.stop();
    Path raft = loseState(node, 0).resolve("raft");
    List<Path> onlyInNewest = new ArrayList<>();
    for (Path table : tablesOf(raft, "raft/snapshot/")) {
      if (Files.getAttribute(table, "unix:nlink").equals(1)) {
        onlyInNewest.add(table);
      }
    }
    assertThat(onlyInNewest).isNotEmpty();
    DiskFaults.flipBits(onlyInNewest);

    node.start();

    assertThat(cluster.awaitEqualReplicas(0)).isEqualTo(before);
    assertWorks(node);
  }

  /** As when there is no room: JRaft would end the group for an error of its own kind. */
  @Test
  void shouldServeOnWhenASnapshotFailsAndTakeTheNext() throws Exception {
    TestNode node = cluster.node(2);
    Path shelf = node.dataDir().resolve("partition-0").resolve("raft").resolve("snapshots-before");
    Files.writeString(shelf, "in the way");

    move(0, EVERY + 10);
    patiently()
        .until(() -> metrics(node).matches("(?s).*holdfast_snapshots_failed_total[^#]* [1-9].*"));
    move(0, 10);

    assertThat(node.replica(0).fault()).isNull();
    assertThat(node.replica(0).raft().snapshotIndex()).isZero();
    assertThat(node.call().nodeStatus().getReplicasList()).hasSize(TestCluster.PARTITIONS);
    cluster.awaitEqualReplicas(0);
    Files.delete(shelf);
    move(0, EVERY + 10);
    patiently().until(() -> node.replica(0).raft().snapshotIndex() > 0);
    assertWorks(node);
  }

  private static String metrics(TestNode node) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + node.httpPort() + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** The replica's database is gone, its Raft log and snapshots are not. */
  private static Path loseState(TestNode node, int partition) throws IOException {
    Path directory = node.dataDir().resolve("partition-" + partition);
    DiskFaults.delete(directory.resolve("state"));
    return directory;
  }

  private static List<Path> tablesOf(Path raft, String within) throws IOException {
    return DiskFaults.find(raft, ".sst").stream()
        .filter(file -> file.toString().contains(within))
        .toList();
  }

  /** Two snapshots of every partition: JRaft keeps the log behind the last but one. */
  private void fillUntilLogIsTruncated() {
    fillUntilSnapshotsAreNewerThan(fillUntilSnapshotsAreNewerThan(List.of(0L, 0L, 0L)));
  }

  /** The newest snapshot of each partition, once that of every node is newer than these. */
  private List<Long> fillUntilSnapshotsAreNewerThan(List<Long> indexes) {
    IntStream.range(0, TestCluster.PARTITIONS).forEach(partition -> move(partition, EVERY + 10));
    return IntStream.range(0, TestCluster.PARTITIONS)
        .mapToObj(partition -> awaitSnapshotsNewerThan(partition, indexes.get(partition)))
        .toList();
  }

  private long awaitSnapshotsNewerThan(int partition, long index) {
    return patiently()
        .until(
            () ->
                cluster.nodes().stream()
                    .filter(TestNode::isRunning)
                    .map(node -> node.replica(partition).raft().snapshotIndex())
                    .sorted()
                    .toList(),
            newest -> newest.get(0) > index)
        .stream()
        .reduce(0L, Math::max);
  }

  private void move(int partition, int times) {
    cluster.move(store(partition), SKU, times);
  }

  private List<ReplicaContent> contents() {
    return IntStream.range(0, TestCluster.PARTITIONS)
        .mapToObj(cluster::awaitEqualReplicas)
        .toList();
  }

  private void assertWorks(TestNode node) {
    for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
      assertThat(node.replica(partition).fault()).isNull();
      assertThat(node.call().get(store(partition), SKU).getReserved()).isEqualTo(7);
    }
  }

  private static String names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.joining(" "));
    }
  }

  private static String currentDatabase(TestNode node, int partition) throws IOException {
    Path state = node.dataDir().resolve("partition-" + partition).resolve("state");
    return Files.readString(state.resolve("CURRENT")).strip();
  }
}
