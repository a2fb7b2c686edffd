package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.Caller.adjustment;
import static dev.holdfast.store.cluster.Caller.newKey;
import static dev.holdfast.store.cluster.Caller.reservation;
import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.proto.cluster.v1.GetNodeStatusResponse;
import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import dev.holdfast.proto.inventory.v1.AcquireLeaseResponse;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.GetReservationRequest;
import dev.holdfast.proto.inventory.v1.LeaseServiceGrpc;
import dev.holdfast.proto.inventory.v1.ReservationState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wall clocks that are wrong, on real nodes, each with a wall clock that can be set while it runs.
 * docs/RELIABILITY.md has the result as a table.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ClockFaultsIT {
  private static final int PARTITION = 0;
  private static final String STORE = store(PARTITION);
  private static final String SKU = "tea";
  private static final long HOUR_MILLIS = TimeUnit.HOURS.toMillis(1);
  private static final long LEASE_MILLIS = 500;

  /** Small, so that a clock that runs fast is found out soon. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private static final Duration A_SECOND = Duration.ofSeconds(1);
  private static final Duration WEEK = Duration.ofDays(7);

  private TestCluster cluster;
  private AdjustStockRequest retried;
  private AdjustStockResponse receipt;
  private int leases;

  @BeforeAll
  void start(@TempDir Path directory) {
    cluster =
        TestCluster.started(directory, Map.of("clock.tolerance", TOLERANCE.toSeconds() + "s"));
    Caller caller = cluster.node(1).call();
    caller.create(STORE, SKU, 1_000);
    caller.ask(
        in -> in.reserve(reservation(STORE, "open", SKU, 1).setTtlMillis(HOUR_MILLIS).build()));
    retried = adjustment(STORE, SKU, -1).setIdempotencyKey(newKey()).build();
    receipt = caller.ask(in -> in.adjustStock(retried));
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  static Stream<Duration> jumps() {
    Duration years = Duration.ofDays(3_652);
    return Stream.of(Duration.ofMinutes(10), Duration.ofDays(3), years)
        .flatMap(jump -> Stream.of(jump, jump.negated()));
  }

  @Order(1)
  @ParameterizedTest
  @MethodSource("jumps")
  void shouldGoOnWithoutTheLeaderWhoseClockJumps(Duration jump) {
    TestNode wrong = cluster.leaderOf(PARTITION);
    wrong.setWallClock(jump);

    assertNothingIsLost(A_SECOND);
    assertKnownToBeOff(wrong, jump);
    patiently().until(() -> cluster.leaderOf(PARTITION) != wrong);
    assertNothingIsLost(A_SECOND);
    mend(wrong);
  }

  @Order(2)
  @ParameterizedTest
  @MethodSource("jumps")
  void shouldNotCareForAFollowerWhoseClockJumps(Duration jump) {
    TestNode wrong = cluster.followerOf(PARTITION);
    wrong.setWallClock(jump);

    assertKnownToBeOff(wrong, jump);
    assertNothingIsLost(A_SECOND);
    mend(wrong);
  }

  @Order(3)
  @Test
  void shouldGoOnWithoutTheLeaderWhoseClockRunsFast() {
    TestNode wrong = cluster.leaderOf(PARTITION);
    long start = System.nanoTime();

    patiently()
        .until(
            () -> {
              wrong.setWallClock(Duration.ofNanos(System.nanoTime() - start));
              assertLogTimeIsRight(TOLERANCE);
              return httpHealth(wrong).contains("this node's clock is")
                  && cluster.leaderOf(PARTITION) != wrong;
            });

    assertNothingIsLost(TOLERANCE);
    mend(wrong);
  }

  @Order(4)
  @Test
  void shouldHaveTrimmedNoLogUpToHere() {
    cluster
        .nodes()
        .forEach(node -> assertThat(node.state(PARTITION).earliestSequence()).isEqualTo(1));
  }

  /** Their clocks agree, so a week is over: what was held for an hour is free. */
  @Order(5)
  @Test
  void shouldFollowTheClocksOfAllAfterARestart() {
    cluster.nodes().forEach(TestNode::stop);
    cluster.nodes().forEach(node -> node.setWallClock(WEEK));
    cluster.start();

    patiently().until(() -> state() == ReservationState.RESERVATION_STATE_EXPIRED);
    long ahead =
        cluster.leaderOf(PARTITION).replica(PARTITION).clock().millis()
            - System.currentTimeMillis();
    assertThat(ahead).isBetween(WEEK.toMillis() - 1_000, WEEK.toMillis() + 1_000);
    assertThat(cluster.node(0).call().adjust(STORE, SKU, 1).getStock().getReserved()).isZero();
    assertALeaseLastsItsTime();
  }

  /** A log of the future, as one wrong clock made it with older builds: it goes on from there. */
  @Order(6)
  @Test
  void shouldGoOnFromALogThatIsInTheFuture() {
    cluster.nodes().forEach(TestNode::stop);
    cluster.nodes().forEach(node -> node.setWallClock(Duration.ZERO));
    cluster.start();

    Caller caller = cluster.node(0).call();
    caller.ask(
        in -> in.reserve(reservation(STORE, "future", SKU, 1).setTtlMillis(LEASE_MILLIS).build()));
    patiently().until(() -> caller.get(STORE, SKU).getReserved() == 0);
    assertALeaseLastsItsTime();
    for (TestNode node : cluster.nodes()) {
      patiently().until(() -> !httpHealth(node).contains("this node's clock is"));
    }
  }

  private void mend(TestNode wrong) {
    wrong.setWallClock(Duration.ZERO);
    patiently().until(() -> !httpHealth(wrong).contains("this node's clock is"));
  }

  private static void assertKnownToBeOff(TestNode node, Duration by) {
    String side = by.isNegative() ? "behind" : "ahead of";
    patiently().until(() -> httpHealth(node).contains(" s " + side + " the majority's"));
    GetNodeStatusResponse status = node.call().nodeStatus();
    assertThat(status.getClockOffsetMillis())
        .isBetween(by.toMillis() - 1_000, by.toMillis() + 1_000);
    assertThat(http(node, "/metrics")).contains("holdfast_clock_offset_seconds{");
  }

  /** By the word of any node, as callers see it. */
  private void assertNothingIsLost(Duration logTimeWithin) {
    Caller caller = cluster.node(2).call();
    assertLogTimeIsRight(logTimeWithin);
    assertThat(state()).isEqualTo(ReservationState.RESERVATION_STATE_OPEN);
    AdjustStockResponse again = caller.ask(in -> in.adjustStock(retried));
    assertThat(again.getPosition()).isEqualTo(receipt.getPosition());
    caller.adjust(STORE, SKU, 1);
    assertALeaseLastsItsTime();
  }

  private void assertLogTimeIsRight(Duration within) {
    for (TestNode node : cluster.nodes()) {
      long ahead = node.replica(PARTITION).clock().millis() - System.currentTimeMillis();
      assertThat(Math.abs(ahead)).as(node.id).isLessThanOrEqualTo(within.toMillis() + 500);
    }
  }

  private void assertALeaseLastsItsTime() {
    String sku = "leased-" + leases++;
    cluster.node(2).call().create(STORE, sku, 1);
    long asked = System.nanoTime();
    acquire(sku, "till 1");
    patiently().ignoreExceptions().until(() -> acquireOnce(sku, "till 2") != null);
    long lasted = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked);
    assertThat(lasted).isBetween(LEASE_MILLIS, LEASE_MILLIS + 2_500);
  }

  private void acquire(String sku, String holder) {
    cluster.node(2).call().ask(any -> acquireOnce(sku, holder));
  }

  private AcquireLeaseResponse acquireOnce(String sku, String holder) {
    AcquireLeaseRequest request =
        AcquireLeaseRequest.newBuilder()
            .setStore(STORE)
            .setSku(sku)
            .setHolder(holder)
            .setTtlMillis(LEASE_MILLIS)
            .build();
    return cluster.node(2).call().stub(LeaseServiceGrpc::newBlockingStub).acquireLease(request);
  }

  private ReservationState state() {
    GetReservationRequest request =
        GetReservationRequest.newBuilder().setStore(STORE).setReservationId("open").build();
    return cluster.node(1).call().ask(in -> in.getReservation(request)).getReservation().getState();
  }

  private static String httpHealth(TestNode node) {
    return http(node, "/api/health");
  }

  private static String http(TestNode node, String path) {
    URI uri = URI.create("http://127.0.0.1:" + node.httpPort() + path);
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
