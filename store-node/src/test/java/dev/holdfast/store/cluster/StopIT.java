package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.status.Reason;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is told to stop. */
final class StopIT {

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
