package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnknownFieldSet;
import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.proto.cluster.v1.RaftRole;
import dev.holdfast.proto.cluster.v1.ReplicaStatus;
import dev.holdfast.store.commit.AppliedView;
import dev.holdfast.store.partition.RawEntries;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A leader of a newer build writes what this one does not fully understand. */
final class NewerBuildIT {
  private static final String SKU = "sku";

  @Test
  void shouldStopAndKeepEverythingWhenALeaderIsNewer(@TempDir Path directory) throws Exception {
    try (TestCluster cluster = TestCluster.started(directory)) {
      cluster.awaitPreferredLeaders();
      cluster.node(0).call().create(store(0), SKU, 5);
      cluster.node(1).call().create(store(1), SKU, 5);
      long sequence = cluster.awaitEqualReplicas(0).sequence();
      TestNode leader = cluster.node(0);

      RawEntries.propose(leader.replica(0), newer(leader));

      // The third may not hear any more that the entry is committed.
      patiently().until(() -> stopped(cluster).size() >= 2);
      for (TestNode node : stopped(cluster)) {
        assertStopped(node);
      }
      assertThat(cluster.nodes()).allMatch(node -> node.state(0).applied().sequence() == sequence);
      // Other partitions go on, and a restart meets the same place again.
      cluster.move(store(1), SKU, 3);
      TestNode again = stopped(cluster).get(0);
      again.stop();
      again.start();
      cluster.nodes().forEach(node -> assertThat(node.isRunning()).isTrue());
      assertThat(again.state(0).stock(new StockKey(store(0), SKU)))
          .isEqualTo(new StockLevel(5, 0, 1));
    }
  }

  private static List<TestNode> stopped(TestCluster cluster) {
    return cluster.nodes().stream().filter(node -> node.replica(0).fault() != null).toList();
  }

  private static byte[] newer(TestNode leader) throws IOException {
    AppliedView.LogEnd end = leader.state(0).logEnd();
    Event event = new Event.ItemCreated(new StockKey(store(0), "new"), new StockLevel(1, 0, 1));
    byte[] encoded =
        EventBatchCodec.encode(
            new EventBatch(
                0,
                end.sequence() + 1,
                leader.replica(0).leaderTerm(),
                end.timeMillis(),
                end.batchHash(),
                List.of(new RecordedEvent(event, Origin.SYSTEM, "", "", 0))));
    var field = UnknownFieldSet.Field.newBuilder().addVarint(1).build();
    var batch = dev.holdfast.proto.log.v1.EventBatch.parseFrom(encoded).toBuilder();
    batch
        .getEventsBuilder(0)
        .getItemCreatedBuilder()
        .setUnknownFields(UnknownFieldSet.newBuilder().addField(77, field).build());
    return batch.build().toByteArray();
  }

  private static void assertStopped(TestNode node) throws Exception {
    ReplicaStatus status =
        node.call().nodeStatus().getReplicasList().stream()
            .filter(replica -> replica.getPartition() == 0)
            .findFirst()
            .orElseThrow();
    assertThat(status.getRole()).isEqualTo(RaftRole.RAFT_ROLE_FAULTED);
    assertThat(status.getFault())
        .startsWith("NEEDS_NEWER_BUILD: entry ")
        .contains("field 77 of holdfast.log.v1.ItemCreated")
        .contains("Install the newer build on this node")
        .doesNotContainIgnoringCase("corrupt")
        .doesNotContainIgnoringCase("wipe");
    HttpResponse<String> health = health(node);
    assertThat(health.statusCode()).isEqualTo(503);
    assertThat(health.body()).contains("NEEDS_NEWER_BUILD: ");
  }

  private static HttpResponse<String> health(TestNode node) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + node.httpPort() + "/api/health");
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
