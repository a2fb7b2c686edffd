package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.Caller.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.status.Reason;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose disk is nearly full. */
final class ReadOnlyIT {

  @Test
  void shouldRefuseMutationsAndAnswerReads(@TempDir Path directory) {
    try (TestCluster cluster = TestCluster.single(directory, Map.of())) {
      TestNode node = cluster.node(0);
      node.call().create("store", "sku", 5);
      node.stop();
      node.with("storage.free-bytes-min", "64TiB").start();
      cluster.awaitLeaders();
      long sequence = ReplicaContent.of(node.state(0)).sequence();

      assertThat(reason(() -> node.call().adjust("store", "sku", 1))).isEqualTo(Reason.READ_ONLY);
      assertThat(reason(() -> node.call().create("store", "new", 1))).isEqualTo(Reason.READ_ONLY);
      assertThat(node.call().get("store", "sku").getOnHand()).isEqualTo(5);
      assertThat(ReplicaContent.of(node.state(0)).sequence()).isEqualTo(sequence);

      node.stop();
      node.with("storage.free-bytes-min", "1MiB").start();
      cluster.awaitLeaders();
      assertThat(node.call().adjust("store", "sku", 1).getStock().getOnHand()).isEqualTo(6);
    }
  }
}
