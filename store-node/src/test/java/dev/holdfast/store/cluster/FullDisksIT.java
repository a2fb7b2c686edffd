package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.Caller.adjustment;
import static dev.holdfast.store.cluster.Caller.failure;
import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.status.Reason;
import dev.holdfast.proto.cluster.v1.GetNodeStatusResponse;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Followers whose disks are nearly full cannot refuse what they are sent: their leader must. */
final class FullDisksIT {
  private static final String STORE = store(0);

  @Test
  void shouldRefuseWhenNoMajorityHasRoomAndTakeMutationsAgainByItself(@TempDir Path directory) {
    try (TestCluster cluster = TestCluster.started(directory)) {
      cluster.awaitPreferredLeaders();
      TestNode leader = cluster.node(0);
      leader.call().create(STORE, "tea", 10);

      free(cluster, 1, "64TiB");
      assertThat(cluster.node(1).call().nodeStatus())
          .matches(GetNodeStatusResponse::getDiskNearlyFull);
      awaitWritable(leader);

      free(cluster, 2, "64TiB");
      patiently().until(() -> isRefused(leader));
      HoldfastException refused = failure(() -> leader.call().adjust(STORE, "tea", 1));
      assertThat(refused.getMessage()).contains("nearly full: node-b, node-c");
      assertThat(leader.call().get(STORE, "tea").getReserved()).isZero();

      free(cluster, 1, "1MiB");
      awaitWritable(leader);
    }
  }

  /** Partition 0 stays with its leader: those who restart are followers there. */
  private static void free(TestCluster cluster, int node, String bytesMin) {
    cluster.node(node).stop();
    cluster.node(node).with("storage.free-bytes-min", bytesMin).start();
    cluster.awaitLeaders();
  }

  private static void awaitWritable(TestNode leader) {
    patiently().until(() -> attempt(leader) == null);
  }

  private static boolean isRefused(TestNode leader) {
    Throwable thrown = attempt(leader);
    return thrown != null && HoldfastException.from(thrown).reason() == Reason.READ_ONLY;
  }

  private static @Nullable Throwable attempt(TestNode leader) {
    return catchThrowable(
        () ->
            leader
                .call()
                .inventory()
                .adjustStock(
                    adjustment(STORE, "tea", 1).setIdempotencyKey(Caller.newKey()).build()));
  }
}
