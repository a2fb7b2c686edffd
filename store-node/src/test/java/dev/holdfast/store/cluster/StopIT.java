package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.LeadershipDrain;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is told to stop. */
final class StopIT {

  /** Nobody has to wait for an election: others lead while it still answers calls. */
  @Test
  void shouldHandLeadershipOverFirst(@TempDir Path directory) {
    try (TestCluster cluster = TestCluster.started(directory)) {
      TestNode leader = cluster.leaderOf(0);
      patiently().until(() -> everybodyIsInStep(cluster, leader));

      new LeadershipDrain(leader.running().partitions()).run();

      for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
        assertThat(leader.replica(partition).isLeading()).isFalse();
      }
    }
  }

  /** Leadership is only given to a follower that is near. */
  private static boolean everybodyIsInStep(TestCluster cluster, TestNode leader) {
    return cluster.nodes().stream()
        .allMatch(node -> leader == node || leader.replica(0).raft().isAlive(node.id));
  }

  @Test
  void shouldStopCleanlyAndSendFollowersOfTheFeedAway(@TempDir Path directory) {
    try (TestCluster cluster = TestCluster.single(directory, Map.of())) {
      TestNode node = cluster.node(0);
      node.call().create("store", "sku", 1);
      int partition = node.call().adjust("store", "sku", 1).getPosition().getPartition();
      FeedReader reader = FeedReader.open(node, partition, 1);
      patiently().until(() -> reader.batches().size() == 2);

      assertThat(node.stop()).as("clean").isTrue();

      Throwable error = patiently().until(reader::error, Objects::nonNull);
      HoldfastException told = HoldfastException.from(Objects.requireNonNull(error));
      assertThat(told.reason()).isEqualTo(Reason.NO_LEADER);
    }
  }
}
