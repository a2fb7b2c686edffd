package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.cluster.TestProcesses.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long nobody can write after a leader's process was killed, with the default settings. A
 * figure, never a verdict: {@code -Dfailover.kills=50} for a table worth quoting.
 */
final class FailoverTimesIT {
  private static final String SKU = "sku";
  private static final int KILLS = Integer.getInteger("failover.kills", 2);

  @Test
  @Timeout(value = 40, unit = TimeUnit.MINUTES)
  void shouldWriteAgainAfterEachKill(@TempDir Path directory) throws Exception {
    Map<String, String> settings =
        Map.of("cluster.partitions", "1", "raft.election-timeout", "1500ms");
    try (TestProcesses cluster = TestProcesses.started(TestCluster.in(directory, settings))) {
      cluster.create(store(0), SKU, 1_000_000);
      List<Long> millis = new ArrayList<>();
      for (int kill = 0; kill < KILLS; kill++) {
        awaitAllInStep(cluster);
        Node leader = cluster.leaderOf(0);
        write(cluster); // the client knows the leader
        long start = System.nanoTime();
        leader.kill();
        write(cluster);
        millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        leader.start();
      }
      millis.sort(Long::compare);
      System.out.printf(
          "writes again after kill -9, ms, of %d: p50 %d, p90 %d, p99 %d, all %s%n",
          KILLS, share(millis, 0.5), share(millis, 0.9), share(millis, 0.99), millis);
      assertThat(millis).hasSize(KILLS);
    }
  }

  private static void write(TestProcesses cluster) {
    cluster.client().adjustStock(Caller.adjustment(store(0), SKU, -1).build()).join();
  }

  /** The preferred node leads again, and all are connected. */
  private static void awaitAllInStep(TestProcesses cluster) {
    patiently()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              for (int i = 0; i < 3; i++) {
                var status = cluster.node(i).status(0);
                if (status == null || !status.getLeader().equals("node-a")) {
                  return false;
                }
              }
              return true;
            });
  }

  private static long share(List<Long> sorted, double share) {
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }
}
