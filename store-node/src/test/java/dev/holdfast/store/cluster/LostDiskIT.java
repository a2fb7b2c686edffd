package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.proto.cluster.v1.RaftRole;
import dev.holdfast.proto.cluster.v1.ReplicaStatus;
import dev.holdfast.store.cluster.TestProcesses.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes whose disks are lost, as processes, in every order: what was acknowledged is never gone,
 * and a replica without its past never votes as what it was.
 */
final class LostDiskIT {
  private static final String SKU = "sku";
  private static final long OPENING = 1_000;
  private static final int WRITES = 50;
  private static final Duration MANY_ELECTION_TIMEOUTS = Duration.ofSeconds(6);

  private TestProcesses cluster;
  private Node a;
  private Node b;
  private Node c;

  @BeforeEach
  void start(@TempDir Path directory) {
    cluster =
        TestProcesses.started(
            TestCluster.in(directory, Map.of("cluster.partitions", "1", "digest.quiet", "1s")));
    a = cluster.node(0);
    b = cluster.node(1);
    c = cluster.node(2);
    cluster.create(store(0), SKU, OPENING);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  /** Acknowledged by b and c; a has never heard of it, and c forgot it. */
  @Test
  void shouldHaveNoLeaderWithoutTheOnlyNodeThatKnows() throws Exception {
    a.kill();
    move();
    b.kill();
    c.kill();
    c.loseDisk();

    a.start();
    c.start();

    assertNoLeader(a, c);
    assertThat(awaitStatus(c).getAwaited()).contains("next incarnation", "majority");
    b.start();
    assertNothingIsMissing();
    awaitSeated(c, 0);
  }

  @Test
  void shouldHaveNoLeaderWhicheverOfThemStartsFirst() throws Exception {
    c.stop();
    move();
    a.stop();
    b.stop();
    b.loseDisk();

    b.start();
    awaitStatus(b);
    c.start();

    assertNoLeader(b, c);
    a.start();
    assertNothingIsMissing();
    awaitSeated(b, 0);
  }

  @Test
  void shouldComeBackWhileOnlyTwoRun() throws Exception {
    a.kill();
    move();
    c.kill();
    c.loseDisk();
    c.start();
    assertNoLeader(b, c);

    a.start();

    assertNothingIsMissing();
    awaitSeated(c, 0);
    b.kill(); // and now it counts: it holds what it acknowledged
    assertThat(cluster.stock(store(0), SKU).getOnHand()).isEqualTo(OPENING - WRITES);
    cluster.client().adjustStock(Caller.adjustment(store(0), SKU, -1).build()).join();
  }

  /** Every disk once: at the end no founder is left. */
  @Test
  void shouldLoseNothingWhenOneDiskAfterTheOtherIsReplaced() throws Exception {
    for (Node node : List.of(c, a, b, c)) {
      move();
      int incarnation = awaitStatus(node).getIncarnation();
      node.kill();
      node.loseDisk();
      node.start();
      awaitSeated(node, incarnation);
    }
    assertThat(cluster.stock(store(0), SKU).getOnHand()).isEqualTo(OPENING - 4L * WRITES);
  }

  /** Nobody has data, so nobody may guess that there was none. */
  @Test
  void shouldNotFoundAClusterWhileAMemberIsAway() throws Exception {
    a.kill();
    move();
    b.kill();
    c.kill();
    b.loseDisk();
    a.loseDisk();

    a.start();
    b.start();

    assertNoLeader(a, b);
    c.start();
    assertNoLeader(a, b, c); // two of three disks are gone: a backup is needed, not a guess
    assertThat(awaitStatus(a).getAwaited()).contains("next incarnation");
  }

  private void move() {
    for (int i = 0; i < WRITES; i++) {
      cluster.client().adjustStock(Caller.adjustment(store(0), SKU, -1).build()).join();
    }
  }

  private void assertNothingIsMissing() {
    assertThat(cluster.stock(store(0), SKU).getOnHand()).isEqualTo(OPENING - WRITES);
  }

  private static void assertNoLeader(Node... nodes) {
    for (Node node : nodes) {
      awaitStatus(node);
    }
    Awaitility.await()
        .during(MANY_ELECTION_TIMEOUTS)
        .atMost(Duration.ofMinutes(1))
        .until(() -> Stream.of(nodes).noneMatch(LostDiskIT::leads));
  }

  private static boolean leads(Node node) {
    ReplicaStatus status = node.status(0);
    if (status != null && status.getRole() == RaftRole.RAFT_ROLE_LEADER) {
      throw new AssertionError(node.node().id + " leads: " + status);
    }
    return false;
  }

  private static ReplicaStatus awaitStatus(Node node) {
    return Objects.requireNonNull(
        patiently().atMost(Duration.ofMinutes(2)).until(() -> node.status(0), Objects::nonNull));
  }

  private static void awaitSeated(Node node, int former) {
    patiently()
        .untilAsserted(
            () -> {
              ReplicaStatus status = awaitStatus(node);
              assertThat(status.getAwaited()).isEmpty();
              assertThat(status.getIncarnation()).isGreaterThan(former);
              assertThat(status.getLeader()).isNotEmpty();
            });
  }
}
