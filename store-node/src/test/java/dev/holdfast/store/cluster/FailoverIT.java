package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.patiently;
import static org.assertj.core.api.Assertions.assertThat;

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

  @Test
  void shouldKeepEveryAcknowledgedMovementOnceThroughFailovers(@TempDir Path directory) {
    try (TestCluster cluster =
        TestCluster.started(directory, Map.of("snapshot.every-events", "300"))) {
      LoadAudit.createItems(cluster.node(0).call()::create);
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
      LoadAudit.assertAllAcknowledged(load);
      for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
        LoadAudit.assertLogIsRight(cluster, partition, load);
      }
    }
  }

  private static void awaitSteps(Load load) {
    long goal = load.busyDone() + STEPS;
    patiently().until(() -> load.busyDone() >= goal || !load.broken().isEmpty());
  }
}
