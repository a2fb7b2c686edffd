package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.status.Reason;
import dev.holdfast.proto.inventory.v1.ShipTransferRequest;
import dev.holdfast.proto.inventory.v1.ShipTransferResponse;
import dev.holdfast.proto.inventory.v1.TransferServiceGrpc;
import dev.holdfast.proto.inventory.v1.TransferUnits;
import dev.holdfast.store.state.Tampering;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shipping to a destination that this node cannot look up by itself, or that nobody can. */
final class ShippingIT {
  private static final Map<String, String> SETTINGS = Map.of("digest.every-events", "40");
  private static final String SKU = "tea";

  private static TestCluster cluster(Path directory) {
    TestCluster cluster = TestCluster.started(directory, SETTINGS);
    cluster.awaitPreferredLeaders();
    cluster.node(0).call().create(store(0), SKU, 1_000);
    cluster.node(0).call().create(store(1), SKU, 1_000);
    cluster.awaitEqualReplicas(1);
    return cluster;
  }

  /** Makes replicas of the destination's partition stop; all else goes on. */
  private static void stopReplicas(TestCluster cluster, TestNode... nodes) throws IOException {
    for (TestNode node : nodes) {
      node.stop();
      Tampering.flipDigest(node.dataDir().resolve("partition-1").resolve("state"));
      node.start();
      cluster.awaitLeaders();
    }
    cluster.move(store(1), SKU, 60);
    for (TestNode node : nodes) {
      patiently().until(() -> node.replica(1).fault() != null);
    }
    patiently().until(() -> cluster.node(0).replica(0).isLeading());
  }

  private static ShipTransferRequest shipment(String destination, String key) {
    return ShipTransferRequest.newBuilder()
        .setStore(store(0))
        .setDestination(destination)
        .setIdempotencyKey(key)
        .addLines(TransferUnits.newBuilder().setSku(SKU).setQuantity(1))
        .build();
  }

  private static ShipTransferResponse ship(TestNode node, ShipTransferRequest request) {
    return TransferServiceGrpc.newBlockingStub(node.channel())
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .shipTransfer(request);
  }

  @Test
  void shouldAskAnotherNodeWhenItsOwnReplicaOfTheDestinationIsStopped(@TempDir Path directory)
      throws IOException {
    try (TestCluster cluster = cluster(directory)) {
      TestNode leader = cluster.node(0);
      stopReplicas(cluster, leader);

      assertThat(ship(leader, shipment(store(1), "a")).getTransfer().getDestination())
          .isEqualTo(store(1));
      assertThat(ship(leader, shipment(store(1), "").toBuilder().build()).hasTransfer()).isTrue();
      assertThat(Caller.reason(() -> ship(leader, shipment(nowhere(), "b"))))
          .isEqualTo(Reason.NOT_FOUND);
    }
  }

  /** A store of the destination's partition that has nothing. */
  private static String nowhere() {
    return store(1, 5);
  }

  @Test
  void shouldAnswerWhatWasShippedThoughTheDestinationHasNoQuorum(@TempDir Path directory)
      throws IOException {
    try (TestCluster cluster = cluster(directory)) {
      TestNode leader = cluster.node(0);
      ShipTransferResponse before = ship(leader, shipment(store(1), "once"));
      stopReplicas(cluster, leader, cluster.node(2));

      assertThat(ship(leader, shipment(store(1), "once"))).isEqualTo(before);
      assertThat(Caller.reason(() -> ship(leader, shipment(store(1), "other"))))
          .isEqualTo(Reason.NO_LEADER);
    }
  }
}
