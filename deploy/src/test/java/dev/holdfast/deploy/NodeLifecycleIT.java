package dev.holdfast.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.common.client.OutcomeUnknownException;
import dev.holdfast.common.client.UnavailableException;
import dev.holdfast.deploy.cluster.ClusterStatus;
import dev.holdfast.deploy.cluster.NodeContainer;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes that stop in good order, and nodes that are alone. */
@SystemTest
class NodeLifecycleIT {
  /** Long, so that a new leader much sooner can only come from a handover. */
  private static final Duration ELECTION_TIMEOUT = Duration.ofSeconds(4);

  private static final Duration STOP_TIME_MAX = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int NOT_READY = 503;
  private static final String STORE = "Oslo";
  private static final String SKU = "TEA-1";

  @RegisterExtension
  static final HoldfastCluster CLUSTER =
      new HoldfastCluster()
          .with("HOLDFAST_RAFT_ELECTION_TIMEOUT", ELECTION_TIMEOUT.toSeconds() + "s")
          .with("HOLDFAST_CLUSTER_PINNED", STORE + "=0");

  @BeforeAll
  static void createItem() {
    CLUSTER.tools().holdfast("stock", "create", STORE, SKU, "--quantity", "40").outOrFail();
  }

  @AfterEach
  void awaitGoodOrder() {
    CLUSTER.awaitInStep();
  }

  @Test
  void shouldHandLeadershipOverAndExitWithZeroWhenTerminated() {
    NodeContainer leader = CLUSTER.node(CLUSTER.awaitLeader(0));
    long term = CLUSTER.status().term(0);
    try {
      assertThat(terminate(leader)).isLessThan(STOP_TIME_MAX);

      ClusterStatus status = CLUSTER.status();
      assertThat(status.leaderOf(0)).as(status.toString()).isPresent();
      assertThat(status.leaderOf(0).get()).isNotEqualTo(leader.id());
      assertThat(status.term(0)).isGreaterThan(term);
      assertThat(leader.exitCode()).isZero();
    } finally {
      leader.startAgain();
    }
  }

  @Test
  void shouldStopTheAggregatorInGoodOrder() {
    NodeContainer aggregator = CLUSTER.aggregator();
    try {
      assertThat(terminate(aggregator)).isLessThan(STOP_TIME_MAX);
      assertThat(aggregator.exitCode()).isZero();
    } finally {
      aggregator.startAgain();
    }
    CLUSTER.eventually("the aggregator to be ready again", aggregator::isReady);
  }

  @Test
  void shouldRefuseRatherThanGuessWhenCutOffFromItsPeers() {
    NodeContainer alone = CLUSTER.node(CLUSTER.awaitLeader(0));
    alone.cutOff();
    try {
      CLUSTER.eventually("another leader", () -> CLUSTER.hasLeaderOtherThan(alone, 0));
      CLUSTER.tools().holdfast("stock", "adjust", STORE, SKU, "-1", "--reason", "sale").outOrFail();
      shouldRefuse(alone);
      CLUSTER.eventually("the lonely node to say so", () -> alone.healthStatus() == NOT_READY);
    } finally {
      alone.heal();
    }
    CLUSTER.eventually("the node to be ready again", alone::isReady);
    try (HoldfastClient client = CLUSTER.clientOf(PATIENCE, alone)) {
      assertThat(client.getStock(read()).join().getStock().getOnHand()).isEqualTo(39);
    }
  }

  private static void shouldRefuse(NodeContainer alone) {
    try (HoldfastClient client = CLUSTER.clientOf(PATIENCE, alone)) {
      assertThatThrownBy(() -> client.getStock(read()).join())
          .hasCauseInstanceOf(UnavailableException.class);
      assertThatThrownBy(() -> client.createItem(creation()).join())
          .cause()
          .isInstanceOfAny(UnavailableException.class, OutcomeUnknownException.class);
    }
  }

  private static Duration terminate(NodeContainer node) {
    long started = System.nanoTime();
    node.terminate(STOP_TIME_MAX.plusSeconds(10));
    return Duration.ofNanos(System.nanoTime() - started);
  }

  private static GetStockRequest read() {
    return GetStockRequest.newBuilder().setStore(STORE).setSku(SKU).build();
  }

  private static CreateItemRequest creation() {
    return CreateItemRequest.newBuilder().setStore(STORE).setSku("TEA-2").build();
  }
}
