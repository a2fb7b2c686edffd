package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.proto.cluster.v1.RaftRole;
import dev.holdfast.proto.cluster.v1.ReplicaStatus;
import dev.holdfast.store.state.Tampering;
import dev.holdfast.store.state.read.StateReads;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Digests in the log of a cluster, and what happens to a replica that differs from them. */
final class DigestIT {
  private static final String SKU = "sku";

  @Test
  void shouldRecordTrueDigestsAsTheLogGrowsAndOneMoreAtRest(@TempDir Path directory) {
    Map<String, String> settings = Map.of("digest.every-events", "50", "digest.quiet", "300ms");
    try (TestCluster cluster = TestCluster.started(directory, settings)) {
      cluster.node(0).call().create(store(0), SKU, 1_000);
      cluster.move(store(0), SKU, 475);
      StateReads state = cluster.leaderOf(0).state(0);

      patiently().until(() -> isAtRest(state));

      RecordedLog log = RecordedLog.of(state);
      assertDigests(log.events());
      assertThat(log.events().get(log.events().size() - 1).event())
          .isInstanceOf(Event.StateDigestRecorded.class);
      assertThat(log.events().stream().filter(DigestIT::isDigest)).hasSizeGreaterThanOrEqualTo(10);
      long sequence = state.applied().sequence();
      Awaitility.await("an idle partition records nothing more")
          .during(Duration.ofSeconds(2))
          .atMost(Duration.ofSeconds(4))
          .until(() -> state.applied().sequence() == sequence);
      assertThat(cluster.awaitEqualReplicas(0).sequence()).isEqualTo(sequence);
    }
  }

  /** Each is compared with what the events before it add up to by an auditor's own sums. */
  private static void assertDigests(List<RecordedEvent> events) {
    int last = 0;
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).event() instanceof Event.StateDigestRecorded recorded) {
        StateDigest[] sum = {StateDigest.EMPTY};
        LogAudit.stockOf(events.subList(0, i))
            .forEach((item, level) -> sum[0] = sum[0].with(item, level));
        assertThat(recorded.digest()).isEqualTo(sum[0]);
        assertThat(i - last).isLessThanOrEqualTo(51);
        last = i;
      }
    }
  }

  private static boolean isDigest(RecordedEvent event) {
    return event.event() instanceof Event.StateDigestRecorded;
  }

  private static boolean isAtRest(StateReads state) {
    return state.logEnd().sequence() > 0
        && state.logEnd().digests().recordedAt() == state.logEnd().sequence();
  }

  @Test
  void shouldStopAReplicaThatDiffersWhereTheLogHasADigest(@TempDir Path directory)
      throws Exception {
    Map<String, String> settings = Map.of("digest.every-events", "40");
    try (TestCluster cluster = TestCluster.started(directory, settings)) {
      cluster.awaitPreferredLeaders();
      cluster.node(0).call().create(store(0), SKU, 1_000);
      cluster.awaitEqualReplicas(0);
      TestNode wrong = cluster.node(2);
      wrong.stop();
      Tampering.flipDigest(wrong.dataDir().resolve("partition-0").resolve("state"));
      wrong.start();

      cluster.move(store(0), SKU, 60);

      patiently().until(() -> wrong.replica(0).fault() != null);
      assertStopped(wrong, "recorded at sequence 41");
      cluster.move(store(0), SKU, 60);
      assertThat(cluster.node(0).replica(0).fault()).isNull();
      assertThat(cluster.node(1).replica(0).fault()).isNull();
      assertThat(wrong.replica(1).fault()).isNull();
    }
  }

  @Test
  void shouldStopAReplicaWhoseRecordsAreNotWhatTheEventsLedTo(@TempDir Path directory)
      throws Exception {
    Map<String, String> settings = Map.of("snapshot.every-events", "30");
    try (TestCluster cluster = TestCluster.started(directory, settings)) {
      cluster.awaitPreferredLeaders();
      cluster.node(0).call().create(store(0), "quiet", 7);
      cluster.node(0).call().create(store(0), SKU, 1_000);
      cluster.awaitEqualReplicas(0);
      TestNode wrong = cluster.node(1);
      StockKey item = new StockKey(store(0), "quiet");
      Tampering.write(wrong.state(0), item, new StockLevel(8, 0, 1));

      cluster.move(store(0), SKU, 60);

      patiently().until(() -> wrong.replica(0).fault() != null);
      patiently().until(() -> wrong.replica(0).raft().appliedIndex() == 0); // stopped by Raft
      assertStopped(wrong, "differs from the events up to sequence");
      patiently().until(() -> cluster.node(0).replica(0).raft().snapshotIndex() > 0);
      assertThat(wrong.replica(0).raft().snapshotIndex()).isZero();
      assertThat(cluster.node(0).replica(0).fault()).isNull();
      cluster.move(store(0), SKU, 60);
    }
  }

  private static void assertStopped(TestNode node, String why) throws Exception {
    ReplicaStatus status =
        node.call().nodeStatus().getReplicasList().stream()
            .filter(replica -> replica.getPartition() == 0)
            .findFirst()
            .orElseThrow();
    assertThat(status.getRole()).isEqualTo(RaftRole.RAFT_ROLE_FAULTED);
    assertThat(status.getFault()).contains(why, "expected StateDigest", "found StateDigest");
    HttpResponse<String> health = health(node);
    assertThat(health.statusCode()).isEqualTo(503);
    assertThat(health.body()).contains(why);
  }

  private static HttpResponse<String> health(TestNode node) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + node.httpPort() + "/api/health");
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
    return HttpClient.newHttpClient()
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .get(10, TimeUnit.SECONDS);
  }
}
