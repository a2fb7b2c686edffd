package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.ReservationLine;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many reservations of one partition that are due at once, while others call. The figures go to the
 * log; {@code -Dholdfast.due=100000} makes it a measurement.
 */
final class ExpiryBurstIT {
  private static final Logger LOG = LoggerFactory.getLogger(ExpiryBurstIT.class);
  private static final int DUE = Integer.getInteger("holdfast.due", 3_000);
  private static final int SKUS = 100;
  private static final int BATCH = 1_000;
  private static final int CALLS_QUIET = 200;
  private static final long NANOS_MAX = 120_000_000_000L;

  @Test
  void shouldExpireManyAtOnceWhileOthersCall(@TempDir Path directory) {
    try (TestCluster cluster = TestCluster.started(directory)) {
      for (int sku = 0; sku < SKUS; sku++) {
        cluster.node(0).call().create(store(0), "sku-" + sku, DUE);
      }
      List<Long> quiet = new ArrayList<>();
      for (int i = 0; i < CALLS_QUIET; i++) {
        call(cluster, quiet);
      }
      long expiry = System.currentTimeMillis() + reservingMillis();
      reserve(cluster, expiry);
      patiently().until(() -> System.currentTimeMillis() >= expiry);

      List<Long> busy = new ArrayList<>();
      long started = System.nanoTime();
      do {
        call(cluster, busy);
        assertThat(System.nanoTime() - started).as("all expire").isLessThan(NANOS_MAX);
      } while (cluster.node(0).state(0).digest().reserved() > 0);
      long millis = (System.nanoTime() - started) / 1_000_000;

      LOG.info("{} due reservations expired in {} ms", DUE, millis);
      LOG.info("p99 of other calls: {} us before, {} us meanwhile", p99(quiet), p99(busy));
    }
  }

  private static long reservingMillis() {
    return 8_000L + DUE / 3;
  }

  private static void reserve(TestCluster cluster, long expiry) {
    for (int from = 0; from < DUE; from += BATCH) {
      List<Command> commands = new ArrayList<>();
      for (int i = from; i < Math.min(DUE, from + BATCH); i++) {
        commands.add(reservation(i, Math.max(1, expiry - System.currentTimeMillis())));
      }
      assertThat(cluster.batch(commands).getOutcomesList())
          .allMatch(outcome -> outcome.hasAccepted());
    }
  }

  private static Command reservation(int i, long ttl) {
    ReservationLine line =
        ReservationLine.newBuilder().setSku("sku-" + i % SKUS).setQuantity(1).build();
    return Command.newBuilder()
        .setReserve(
            ReserveRequest.newBuilder()
                .setStore(store(0))
                .setReservationId("r-" + i)
                .addLines(line)
                .setTtlMillis(ttl))
        .build();
  }

  private static void call(TestCluster cluster, List<Long> micros) {
    String sku = "sku-" + ThreadLocalRandom.current().nextInt(SKUS);
    long started = System.nanoTime();
    cluster.node(0).call().adjust(store(0), sku, 1);
    micros.add((System.nanoTime() - started) / 1_000);
  }

  private static long p99(List<Long> micros) {
    Collections.sort(micros);
    return micros.get(micros.size() * 99 / 100);
  }
}
