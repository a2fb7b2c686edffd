package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.Caller.reservation;
import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.proto.inventory.v1.StockLevel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The leader dies, as by kill -9, while reservations expire. */
final class ExpiryKillIT {
  private static final String STORE = store(0);
  private static final String SKU = "sku";
  private static final long OPENING = 1_000;
  private static final int RESERVATIONS = 300;
  private static final long SEED = 7;

  /** Every change of the item is a version, so the version counts them. */
  @Test
  void shouldGiveBackEachOnceThoughTheLeaderIsKilled(@TempDir Path directory) throws Exception {
    try (TestProcesses cluster = TestProcesses.started(TestCluster.in(directory, Map.of()))) {
      cluster.create(STORE, SKU, OPENING);
      reserveForAMoment(cluster);
      patiently().until(() -> cluster.stock(STORE, SKU).getReserved() < RESERVATIONS);

      TestProcesses.Node leader = cluster.leaderOf(0);
      leader.kill();
      patiently().until(() -> cluster.stock(STORE, SKU).getReserved() == 0);
      leader.start();

      StockLevel level = cluster.stock(STORE, SKU);
      assertThat(level.getReserved()).isZero();
      assertThat(level.getOnHand()).isEqualTo(OPENING);
      assertThat(level.getVersion()).isEqualTo(1 + 2 * RESERVATIONS);
    }
  }

  private static void reserveForAMoment(TestProcesses cluster) {
    Random random = new Random(SEED);
    List<CompletableFuture<?>> calls = new ArrayList<>();
    for (int i = 0; i < RESERVATIONS; i++) {
      calls.add(
          cluster
              .client()
              .reserve(
                  reservation(STORE, "r-" + i, SKU, 1)
                      .setTtlMillis(1_000 + random.nextInt(3_000))
                      .build()));
    }
    calls.forEach(CompletableFuture::join);
  }
}
