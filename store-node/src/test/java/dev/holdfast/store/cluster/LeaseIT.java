package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.Caller.adjustment;
import static dev.holdfast.store.cluster.Caller.failure;
import static dev.holdfast.store.cluster.Caller.newKey;
import static dev.holdfast.store.cluster.Caller.reason;
import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.common.client.HeldLease;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.StatusReader;
import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import dev.holdfast.proto.inventory.v1.AcquireLeaseResponse;
import dev.holdfast.proto.inventory.v1.ExplainStockRequest;
import dev.holdfast.proto.inventory.v1.GetLeaseRequest;
import dev.holdfast.proto.inventory.v1.Lease;
import dev.holdfast.proto.inventory.v1.LeaseServiceGrpc;
import dev.holdfast.proto.inventory.v1.LeaseServiceGrpc.LeaseServiceBlockingStub;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseRequest;
import dev.holdfast.proto.inventory.v1.RenewLeaseRequest;
import dev.holdfast.proto.inventory.v1.RenewLeaseResponse;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leases on real nodes: fenced, stolen when they end, kept through failover, configured. */
final class LeaseIT {
  private static final String STORE = store(0);
  private static final Metadata.Key<String> LOCK_KEY =
      Metadata.Key.of("x-lock-key", Metadata.ASCII_STRING_MARSHALLER);

  @Test
  void shouldFenceOffAHolderThatLostItsLeaseThroughAFailover(@TempDir Path directory) {
    try (TestCluster cluster = TestCluster.started(directory)) {
      cluster.node(0).call().create(STORE, "tea", 10);
      long old = acquire(cluster.node(1), "till 1", 60_000).getLease().getToken();
      TestNode leader = cluster.leaderOf(0);
      leader.stop();
      cluster.awaitLeaders();
      TestNode next = cluster.leaderOf(0);

      assertThat(reason(() -> adjust(next, -1))).isEqualTo(Reason.LOCKED);
      assertThat(adjust(next, -1, old)).isEqualTo(9);
      release(next, old);
      long token = acquire(next, "till 2", 60_000).getLease().getToken();

      assertThat(token).isGreaterThan(old);
      assertThat(reason(() -> adjust(next, -1, old))).isEqualTo(Reason.STALE_TOKEN);
      assertThat(adjust(next, -1, token)).isEqualTo(8);
      leader.start();
    }
  }

  @Test
  void shouldRenewALeaseThatItsHolderAsksForAgain(@TempDir Path directory) {
    try (TestCluster cluster = TestCluster.single(directory, Map.of())) {
      TestNode node = cluster.node(0);
      node.call().create(STORE, "tea", 10);
      Lease first = acquire(node, "till 1", 10_000).getLease();

      Lease again = acquire(node, "till 1", 60_000).getLease();

      assertThat(again.getToken()).isEqualTo(first.getToken());
      assertThat(again.getExpiresMillis()).isGreaterThan(first.getExpiresMillis());
    }
  }

  @Test
  void shouldBeStolenOnlyWhenItEnded(@TempDir Path directory) {
    try (TestCluster cluster = TestCluster.single(directory, Map.of())) {
      TestNode node = cluster.node(0);
      node.call().create(STORE, "tea", 10);
      long granted = System.currentTimeMillis();
      AcquireLeaseResponse first = acquire(node, "till 1", 700);

      patiently()
          .ignoreExceptions()
          .until(() -> acquire(node, "till 2", 60_000).getLease().getHolder().equals("till 2"));

      assertThat(System.currentTimeMillis() - granted).isGreaterThanOrEqualTo(700);
      assertThat(reason(() -> renew(node, first.getLease().getToken())))
          .isEqualTo(Reason.STALE_TOKEN);
      assertThat(get(node)).isEqualTo("till 2");
      ExplainStockRequest why =
          ExplainStockRequest.newBuilder().setStore(STORE).setSku("tea").build();
      Lease current = node.call().ask(in -> in.explainStock(why)).getLease();
      assertThat(current.getHolder()).isEqualTo("till 2");
      assertThat(renew(node, current.getToken())).isGreaterThan(granted);
    }
  }

  @Test
  void shouldBeKeptByTheClientUntilItIsReleased(@TempDir Path directory) {
    Map<String, String> quick = Map.of("locks.ttl", "600ms", "locks.renew", "150ms");
    try (TestCluster cluster = TestCluster.single(directory, quick)) {
      TestNode node = cluster.node(0);
      node.call().create(STORE, "tea", 10);
      AcquireLeaseRequest asked = asked("till 1").clearTtlMillis().build();
      HeldLease held = cluster.client().leases().hold(asked).join();
      long first = held.lease().getExpiresMillis();

      patiently().until(() -> held.lease().getExpiresMillis() > first + 1_000);

      assertThat(held.lost()).isNotDone();
      assertThat(reason(() -> adjust(node, -1))).isEqualTo(Reason.LOCKED);
      assertThat(adjust(node, -1, held.token())).isEqualTo(9);
      held.release().join();
      assertThat(adjust(node, -1)).isEqualTo(8);
    }
  }

  @Test
  void shouldTellALockedItemAsConfigured(@TempDir Path directory) {
    Map<String, String> other =
        Map.of("locks.reject-status", "409", "locks.retry-after", "7ms", "locks.max", "1");
    try (TestCluster cluster = TestCluster.single(directory, other)) {
      TestNode node = cluster.node(0);
      node.call().create(STORE, "tea", 10);
      acquire(node, "till 1", 60_000);

      StatusRuntimeException refused =
          catchThrowableOfType(StatusRuntimeException.class, () -> adjust(node, -1));

      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
      assertThat(refused.getTrailers().get(LOCK_KEY)).isEqualTo(STORE + "/tea");
      assertThat(StatusReader.reasonOf(refused)).isEqualTo(Reason.LOCKED);
      assertThat(StatusReader.retryDelayOf(StatusProto.fromThrowable(refused)))
          .isEqualTo(Duration.ofMillis(7));
      AcquireLeaseRequest another = asked("till 2").setSku("cup").build();
      assertThat(reason(() -> leases(node).acquireLease(another)))
          .isEqualTo(Reason.TOO_MANY_LEASES);
    }
  }

  @Test
  void shouldTellALockedItemAsTheTableDoesByDefault(@TempDir Path directory) {
    try (TestCluster cluster = TestCluster.single(directory, Map.of())) {
      TestNode node = cluster.node(0);
      node.call().create(STORE, "tea", 10);
      acquire(node, "till 1", 60_000);

      StatusRuntimeException refused =
          catchThrowableOfType(StatusRuntimeException.class, () -> adjust(node, -1));

      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(StatusReader.retryDelayOf(StatusProto.fromThrowable(refused)))
          .isEqualTo(Duration.ofMillis(300));
    }
  }

  @Test
  void shouldNeitherGiveNorLookAtLeasesWhenTheyAreSwitchedOff(@TempDir Path directory) {
    try (TestCluster cluster = TestCluster.single(directory, Map.of())) {
      TestNode node = cluster.node(0);
      node.call().create(STORE, "tea", 10);
      long token = acquire(node, "till 1", 60_000).getLease().getToken();
      node.stop();
      node.with("locks.enabled", "false").start();
      cluster.awaitLeaders();

      assertThat(adjust(node, -1)).isEqualTo(9);
      assertThat(adjust(node, -1, token)).isEqualTo(8);
      assertThat(adjust(node, -1, 4_711L)).isEqualTo(7);
      assertThat(reason(() -> leases(node).acquireLease(asked("till 2").build())))
          .isEqualTo(Reason.LOCKS_DISABLED);
      assertThat(reason(() -> get(node))).isEqualTo(Reason.LOCKS_DISABLED);
    }
  }

  @Test
  void shouldSayThatNobodyHoldsALease(@TempDir Path directory) {
    try (TestCluster cluster = TestCluster.single(directory, Map.of())) {
      assertThat(failure(() -> get(cluster.node(0))).reason()).isEqualTo(Reason.NOT_FOUND);
    }
  }

  private static LeaseServiceBlockingStub leases(TestNode node) {
    return node.call().stub(LeaseServiceGrpc::newBlockingStub);
  }

  private static AcquireLeaseRequest.Builder asked(String holder) {
    return AcquireLeaseRequest.newBuilder()
        .setStore(STORE)
        .setSku("tea")
        .setHolder(holder)
        .setTtlMillis(60_000);
  }

  private static AcquireLeaseResponse acquire(TestNode node, String holder, long ttlMillis) {
    AcquireLeaseRequest request =
        asked(holder).setTtlMillis(ttlMillis).setIdempotencyKey(newKey()).build();
    return node.call().ask(inventory -> leases(node).acquireLease(request));
  }

  private static void release(TestNode node, long token) {
    ReleaseLeaseRequest request =
        ReleaseLeaseRequest.newBuilder()
            .setStore(STORE)
            .setSku("tea")
            .setToken(token)
            .setIdempotencyKey(newKey())
            .build();
    assertThat(node.call().ask(inventory -> leases(node).releaseLease(request)).hasPosition())
        .isTrue();
  }

  private static long renew(TestNode node, long token) {
    RenewLeaseRequest request =
        RenewLeaseRequest.newBuilder().setStore(STORE).setSku("tea").setToken(token).build();
    RenewLeaseResponse renewed = node.call().ask(inventory -> leases(node).renewLease(request));
    assertThat(renewed.getRenewAfterMillis()).isPositive();
    return renewed.getLease().getExpiresMillis();
  }

  private static String get(TestNode node) {
    GetLeaseRequest request = GetLeaseRequest.newBuilder().setStore(STORE).setSku("tea").build();
    return node.call().ask(inventory -> leases(node).getLease(request)).getLease().getHolder();
  }

  private static long adjust(TestNode node, long delta, Long... tokens) {
    var request =
        adjustment(STORE, "tea", delta)
            .setIdempotencyKey(newKey())
            .addAllFencingTokens(java.util.List.of(tokens))
            .build();
    return node.call().ask(inventory -> inventory.adjustStock(request)).getStock().getOnHand();
  }
}
