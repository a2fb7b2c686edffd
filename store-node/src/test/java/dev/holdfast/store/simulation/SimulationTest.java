package dev.holdfast.store.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.holdfast.common.failpoint.FailPoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Histories of whole clusters, one a seed, for as long as {@code -Dsimulation.seconds} says. To
 * repeat one with its schedule: {@code -Dsimulation.seed=N}.
 */
final class SimulationTest {
  private static final int SECONDS = Integer.getInteger("simulation.seconds", 60);
  private static final @Nullable Long ONLY = Long.getLong("simulation.seed");

  /** So many are run in any case: fewer might miss what they are to show. */
  private static final int HISTORIES_MIN = 500;

  private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.holdfast.store");
  private static final @Nullable Level USUAL = LOG.getLevel();

  @TempDir Path directory;

  /** What nodes say to their operators in thousands of histories helps nobody. */
  @BeforeAll
  static void beQuiet() {
    LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void beAsUsual() {
    LOG.setLevel(USUAL);
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.DAYS) // it runs for as long as it is told
  void shouldKeepEveryPromiseInEveryHistory() {
    if (ONLY != null) {
      new Simulations(directory).repeat(ONLY).lines().forEach(System.out::println);
      return;
    }
    long nanos = TimeUnit.SECONDS.toNanos(SECONDS);
    Map<String, Long> outcomes =
        new Simulations(directory).run(System.nanoTime(), nanos, HISTORIES_MIN);
    assertWorthIt(outcomes);
    System.out.println(Strikes.takeTable(outcomes) + "simulated: " + outcomes);
  }

  /** A simulation that never gets to the hard parts would be green as well. */
  private static void assertWorthIt(Map<String, Long> outcomes) {
    List<String> hard =
        List.of(
            "batches discarded",
            "crashes",
            "decided before",
            "histories on disks",
            "lost",
            "snapshots installed",
            "HANDOVER_SETTLED",
            "IDEMPOTENCY_KEY_REUSED",
            "LEASE_GRANTED",
            "NO_LEADER",
            "ORDER_EXECUTED",
            "OUTCOME_UNKNOWN",
            "OUTCOME_UNKNOWN but done",
            "OVERLOADED",
            "READ_ONLY",
            "RECEIPTS_EVICTED",
            "RESERVATION_CONFIRMED",
            "RESERVATION_EXPIRED",
            "STATE_DIGEST_RECORDED",
            "leadership transferred",
            "replicas stopped",
            Strikes.at(FailPoint.BATCH_DECIDED, "failed"),
            Strikes.at(FailPoint.ENTRY_APPLY, "crashed"),
            Strikes.at(FailPoint.LOG_APPEND, "delayed"),
            Strikes.at(FailPoint.STATE_WRITTEN, "failed"),
            "TRANSFER_CREDITED");
    assertThat(outcomes).containsKeys(hard.toArray(String[]::new));
    assertThat(hard).allSatisfy(what -> assertThat(outcomes.get(what)).as(what).isPositive());
  }

  /** In memory and on disks. */
  @Test
  void shouldRepeatAHistoryFromItsSeed() {
    List<Long> seeds = List.of(0L, 1L, 2L, 3L);
    assertThat(seeds.stream().filter(Simulations::isOnDisks)).isNotEmpty();

    for (long seed : seeds) {
      List<String> once = new Simulations(directory.resolve("a" + seed)).repeat(seed).lines();
      List<String> again = new Simulations(directory.resolve("b" + seed)).repeat(seed).lines();

      assertThat(again).hasSizeGreaterThan(History.STEPS / 2).isEqualTo(once);
    }
  }
}
