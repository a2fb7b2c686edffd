package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.Caller.adjustment;
import static dev.holdfast.store.cluster.Caller.failure;
import static dev.holdfast.store.cluster.Caller.reason;
import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.client.OutcomeUnknownException;
import dev.holdfast.common.client.UnavailableException;
import dev.holdfast.common.status.Reason;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.GetStockResponse;
import dev.holdfast.proto.inventory.v1.ReadOptions;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One node of three: it refuses what it cannot promise, and leaves nothing half-done behind. */
final class MinorityIT {
  private static final String STORE = store(0);
  private static final String SKU = "sku";
  private static final long OPENING = 100;
  private static final Duration HEARTBEATS = Duration.ofMillis(1_500);
  private static final long HOUR_MILLIS = 3_600_000;

  private final Set<String> notTried = new HashSet<>();
  private final Set<String> perhaps = new HashSet<>();

  @Test
  void shouldRefuseInTheMinorityAndLeaveNothingHalfDone(@TempDir Path directory)
      throws IOException, InterruptedException {
    try (TestCluster cluster = TestCluster.started(directory)) {
      TestNode alone = cluster.leaderOf(0);
      List<TestNode> others = cluster.nodes().stream().filter(node -> node != alone).toList();
      alone.call().create(STORE, SKU, OPENING);
      alone.call().get(STORE, SKU); // makes it know that it is current
      patiently().until(() -> health(alone) == ServingStatus.SERVING);

      others.forEach(TestNode::stop);

      writeUntilRefused(alone);
      patiently().until(() -> health(alone) == ServingStatus.NOT_SERVING);
      assertThat(httpHealth(alone)).isEqualTo(503);
      assertReadsAreHonest(alone);
      patiently().until(() -> leadsNothing(alone)); // some partitions go before others
      assertReadsAndWritesAreRefused(alone);
      assertFollowersAreNotKept(alone);

      others.get(0).start();
      cluster.awaitLeaders();
      patiently().until(() -> health(alone) == ServingStatus.SERVING);
      others.get(1).start();
      assertNothingHalfDone(cluster, alone);
    }
  }

  /** The first calls may still find a leader that does not know yet that it is alone. */
  private void writeUntilRefused(TestNode alone) {
    for (int i = 0; notTried.size() < 3; i++) {
      String key = "alone-" + i;
      HoldfastException failure = failure(() -> adjust(alone.call().within(1_500), key));
      if (failure.reason() == Reason.NO_LEADER) {
        notTried.add(key);
      } else {
        assertThat(failure).isInstanceOf(OutcomeUnknownException.class);
        perhaps.add(key);
      }
    }
  }

  private static boolean leadsNothing(TestNode node) {
    return IntStream.range(0, TestCluster.PARTITIONS)
        .noneMatch(partition -> node.replica(partition).isLeading());
  }

  private static long adjust(Caller caller, String key) {
    var request = adjustment(STORE, SKU, -1).setIdempotencyKey(key).build();
    return caller.inventory().adjustStock(request).getPosition().getSequence();
  }

  private static long adjustAnyhow(TestNode node, String key) {
    var request = adjustment(STORE, SKU, -1).setIdempotencyKey(key).build();
    return node.call().ask(in -> in.adjustStock(request)).getPosition().getSequence();
  }

  private static void assertReadsAndWritesAreRefused(TestNode alone) {
    for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
      String store = store(partition);
      GetStockRequest linearizable = read(0).toBuilder().setStore(store).clearRead().build();
      HoldfastException read = failure(() -> alone.call().inventory().getStock(linearizable));
      assertThat(read).isInstanceOf(UnavailableException.class);
      assertThat(read.code()).isEqualTo(Status.Code.UNAVAILABLE);
      var request = adjustment(store, SKU, 1).build();
      assertThat(reason(() -> alone.call().inventory().adjustStock(request)))
          .isEqualTo(Reason.NO_LEADER);
    }
  }

  /** Others may have gone on: whoever follows must look for a node that knows. */
  private static void assertFollowersAreNotKept(TestNode alone) {
    long head = alone.state(0).applied().sequence();
    try (FeedReader reader = FeedReader.open(alone, 0, head + 1)) {
      Awaitility.await()
          .during(HEARTBEATS)
          .atMost(HEARTBEATS.multipliedBy(2))
          .until(() -> reader.messages().isEmpty());
      assertThat(reader.error()).isNull();
    }
  }

  private static void assertReadsAreHonest(TestNode alone) {
    GetStockResponse old = alone.call().inventory().getStock(read(HOUR_MILLIS));
    assertThat(old.getStock().getOnHand()).isEqualTo(OPENING);
    assertThat(old.getStalenessMillis()).isPositive();
    HoldfastException tooOld = failure(() -> alone.call().inventory().getStock(read(0)));
    assertThat(tooOld.code()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  private static GetStockRequest read(long stalenessMillis) {
    return GetStockRequest.newBuilder()
        .setStore(STORE)
        .setSku(SKU)
        .setRead(ReadOptions.newBuilder().setMaxStalenessMillis(stalenessMillis))
        .build();
  }

  private void assertNothingHalfDone(TestCluster cluster, TestNode alone) {
    long last = adjustAnyhow(alone, "last");
    cluster.awaitEqualReplicas(0);
    RecordedLog log = RecordedLog.of(alone.state(0));
    assertThat(log.lastSequence()).isEqualTo(last);
    assertThat(log.keys().keySet()).doesNotContainAnyElementsOf(notTried);
    assertThat(log.keys().values()).containsOnly(1L);

    Set<String> all = new HashSet<>(notTried);
    all.addAll(perhaps);
    all.forEach(key -> adjustAnyhow(alone, key)); // the retry of an honest caller
    ReplicaContent content = cluster.awaitEqualReplicas(0);
    RecordedLog after = RecordedLog.of(alone.state(0));
    assertThat(after.keys().keySet()).containsAll(all);
    assertThat(after.keys().values()).containsOnly(1L);
    assertThat(LogAudit.stockOf(after.events())).isEqualTo(content.stock());
    assertThat(alone.call().get(STORE, SKU).getOnHand()).isEqualTo(OPENING - 1 - all.size());
  }

  private static ServingStatus health(TestNode node) {
    return HealthGrpc.newBlockingStub(node.channel())
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus();
  }

  private static int httpHealth(TestNode node) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + node.httpPort() + "/api/health");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
