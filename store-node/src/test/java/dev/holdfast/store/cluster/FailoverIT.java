package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.Event;
import dev.holdfast.proto.inventory.v1.Position;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leaders go and come back under load. */
final class FailoverIT {
  private static final long SEED = 20_260_101;
  private static final int THREADS = 6;
  private static final int ROUNDS = 3;
  private static final long STEPS = 80;
  private static final long OPENING = 1_000_000;

  @Test
  void shouldKeepEveryAcknowledgedMovementOnceThroughFailovers(@TempDir Path directory) {
    try (TestCluster cluster =
        TestCluster.started(directory, Map.of("snapshot.every-events", "300"))) {
      createItems(cluster);
      Load load = new Load(cluster.client()).start(THREADS, SEED);
      try (load) {
        for (int round = 0; round < ROUNDS; round++) {
          awaitSteps(load);
          TestNode leader = cluster.leaderOf(0);
          assertThat(leader.stop()).as("clean stop of " + leader.id).isTrue();
          awaitSteps(load);
          leader.start();
        }
        awaitSteps(load);
      }
      cluster.awaitPreferredLeaders();
      assertNothingWentWrong(load);
      for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
        assertLogIsRight(cluster, partition, load);
      }
    }
  }

  private static void createItems(TestCluster cluster) {
    Caller node = cluster.node(0).call();
    for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
      for (int n = 0; n < 2; n++) {
        for (int sku = 0; sku < Load.SKUS; sku++) {
          node.create(store(partition, n), "sku-" + sku, OPENING);
        }
      }
    }
  }

  private static void awaitSteps(Load load) {
    long goal = load.busyDone() + STEPS;
    patiently().until(() -> load.busyDone() >= goal || !load.broken().isEmpty());
  }

  /** There is stock for everything, so no command can be rejected; and the client rides it out. */
  private static void assertNothingWentWrong(Load load) {
    assertThat(load.broken()).as("seed " + SEED).isEmpty();
    assertThat(load.failed()).as("seed " + SEED).isEmpty();
    assertThat(load.acknowledged()).hasSizeGreaterThan(THREADS);
  }

  private static void assertLogIsRight(TestCluster cluster, int partition, Load load) {
    ReplicaContent content = cluster.awaitEqualReplicas(partition);
    RecordedLog log = RecordedLog.of(cluster.node(0).state(partition));

    assertThat(log.lastSequence()).isEqualTo(content.sequence());
    assertThat(log.keys().values()).as("times a key is in the log").containsOnly(1L);
    assertThat(log.events()).noneMatch(event -> event.event() instanceof Event.CommandRejected);
    assertThat(LogAudit.stockOf(log.events())).isEqualTo(content.stock());
    assertThat(content.stock().values()).allMatch(level -> level.reserved() == 0);
    for (Map.Entry<String, Position> call : load.acknowledged().entrySet()) {
      if (call.getValue().getPartition() == partition) {
        assertThat(log.event(call.getValue().getSequence()).idempotencyKey())
            .isEqualTo(call.getKey());
      }
    }
    long ours =
        load.acknowledged().values().stream().filter(at -> at.getPartition() == partition).count();
    assertThat(log.keys().keySet().stream().filter(key -> key.startsWith(Load.KEY_PREFIX)))
        .as("calls in the log")
        .hasSize((int) ours);
  }
}
