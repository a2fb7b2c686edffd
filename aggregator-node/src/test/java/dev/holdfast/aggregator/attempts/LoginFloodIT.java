package dev.holdfast.aggregator.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.aggregator.attempts.LoginFlood.Kind;
import dev.holdfast.aggregator.attempts.SecuredSite.Port;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustmentReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A flood of failed logins from one address, and what callers from another one see of it. The
 * system properties {@code flood.seconds} and {@code flood.per-second} say for how long each kind
 * comes, and how many. All share one process, so that the flood takes its own time of their
 * processors as well.
 */
@Timeout(300)
class LoginFloodIT {
  private static final Logger LOG = LoggerFactory.getLogger(LoginFloodIT.class);
  private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("flood.seconds", 3));
  private static final int PER_SECOND = Integer.getInteger("flood.per-second", 300);
  private static final int CALLERS = 8;

  /** Below it, a machine that has other things to do decides. */
  private static final Duration P99_FLOOR = Duration.ofMillis(500);

  @Test
  void shouldServeOthersWhileLoginsFail(@TempDir Path directory) throws Exception {
    try (SecuredSite site = new SecuredSite(directory)) {
      observe(site); // warm
      Observed calm = observe(site);
      LOG.info("calm: {}", calm);
      for (Kind kind : Kind.values()) {
        Observed flooded;
        long failed;
        try (LoginFlood flood = LoginFlood.start(site, Port.NODE, kind, PER_SECOND)) {
          flooded = observe(site);
          failed = flood.failed();
        }
        LOG.info("{} {} in {}: {}", failed, kind, TIME, flooded);
        assertThat(failed).isPositive();
        assertThat(flooded.p99).isLessThan(bound(calm.p99));
      }
      LOG.info("calm again: {}", observe(site));
    }
  }

  private static Duration bound(Duration calm) {
    Duration twice = calm.multipliedBy(2);
    return twice.compareTo(P99_FLOOR) > 0 ? twice : P99_FLOOR;
  }

  private record Observed(int calls, Duration p50, Duration p99) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d calls, p50 %.2f ms, p99 %.2f ms",
          calls,
          p50.toNanos() / 1e6,
          p99.toNanos() / 1e6);
    }
  }

  /** Sells; a call that fails ends the test. */
  private static Observed observe(SecuredSite site) {
    long end = System.nanoTime() + TIME.toNanos();
    List<CompletableFuture<List<Long>>> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(
          CompletableFuture.supplyAsync(
              () -> sell(site, end), task -> new Thread(task, "honest").start()));
    }
    long[] nanos =
        callers.stream()
            .flatMap(caller -> caller.join().stream())
            .mapToLong(Long::longValue)
            .sorted()
            .toArray();
    return new Observed(nanos.length, at(0.5, nanos), at(0.99, nanos));
  }

  private static List<Long> sell(SecuredSite site, long end) {
    AdjustStockRequest arrival =
        AdjustStockRequest.newBuilder()
            .setStore("paris")
            .setSku("mug")
            .setDelta(1)
            .setReason(AdjustmentReason.ADJUSTMENT_REASON_RECEIVE)
            .build();
    List<Long> nanos = new ArrayList<>();
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      site.node().client().adjustStock(arrival).join();
      nanos.add(System.nanoTime() - start);
    }
    return nanos;
  }

  private static Duration at(double part, long[] sorted) {
    return Duration.ofNanos(sorted[(int) Math.ceil(part * sorted.length) - 1]);
  }
}
