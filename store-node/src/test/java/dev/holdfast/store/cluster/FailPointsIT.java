package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.store.cluster.TestProcesses.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node crashes, fails or is held at one failpoint after the other, under load, and comes back:
 * every acknowledged call stands in the log once, and all replicas hold the same.
 *
 * <ul>
 *   <li>{@code -Dfailpoints=all} takes all places that a load reaches; {@code
 *       -Dfailpoints=STATE_WRITE,LOG_APPENDED} some
 *   <li>{@code -Dfailpoints.action=crash}, {@code fail}, {@code delay}, or {@code mixed}
 *   <li>{@code -Dfailpoints.seed=N} other moments, and other actions when they are mixed
 *   <li>{@code -Dfailpoints.seconds=N} to wait so long until a place is reached
 * </ul>
 */
final class FailPointsIT {
  private static final Logger LOG = LoggerFactory.getLogger(FailPointsIT.class);
  private static final Duration UNTIL_REACHED =
      Duration.ofSeconds(Integer.getInteger("failpoints.seconds", 60));
  private static final Duration UNTIL_SERVED = UNTIL_REACHED.multipliedBy(3);
  private static final String DELAY = "=delay:40@0.02";
  private static final int THREADS = 4;

  /** Every call reaches these, so the crash comes at any of the first times. */
  private static final Set<FailPoint> OF_EVERY_CALL =
      EnumSet.range(FailPoint.COMMANDS_DRAINED, FailPoint.LOG_APPENDED);

  private static final int COUNT_MAX = 20;

  private final long seed = Long.getLong("failpoints.seed", 1);
  private final Random random = new Random(seed);
  private final List<Strike> strikes = strikes();
  private final List<Strike> struck = new ArrayList<>();

  private enum Action {
    CRASH,
    FAIL,
    DELAY
  }

  private static final List<Action> ACTIONS = List.of(Action.values());

  private record Strike(Action action, FailPoint point) {}

  private static final List<Strike> OF_EVERY_BUILD =
      List.of(
          new Strike(Action.CRASH, FailPoint.STATE_WRITE),
          new Strike(Action.CRASH, FailPoint.SNAPSHOT_SEALED),
          new Strike(Action.CRASH, FailPoint.BATCH_PROPOSED),
          new Strike(Action.FAIL, FailPoint.LOG_APPEND),
          new Strike(Action.FAIL, FailPoint.STATE_WRITE),
          new Strike(Action.DELAY, FailPoint.STATE_WRITE),
          new Strike(Action.DELAY, FailPoint.LOG_APPEND));

  @Test
  void shouldLoseAndDoubleNothingWhateverStrikesANode(@TempDir Path directory) throws Exception {
    TestCluster nodes = TestCluster.in(directory, Map.of("snapshot.every-events", "300"));
    Load load;
    try (TestProcesses processes = TestProcesses.started(nodes)) {
      LoadAudit.createItems(processes::create);
      load = new Load(processes.client()).start(THREADS, seed);
      try (load) {
        for (Strike strike : strikes) {
          if (strike.action() != Action.DELAY) {
            strike(processes.node(random.nextInt(TestCluster.PARTITIONS)), strike, load);
          }
        }
        List<FailPoint> delayed =
            strikes.stream()
                .filter(each -> each.action() == Action.DELAY)
                .map(Strike::point)
                .toList();
        if (!delayed.isEmpty()) {
          delay(processes.node(random.nextInt(TestCluster.PARTITIONS)), delayed, load);
        }
      }
      for (int i = 0; i < TestCluster.PARTITIONS; i++) {
        processes.node(i).stop();
      }
    }
    LoadAudit.assertAllAcknowledged(load);
    try (TestCluster restarted = nodes.start()) {
      for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
        LoadAudit.assertLogIsRight(restarted, partition, load);
      }
    }
    LOG.info("seed {}: {}; {} calls", seed, struck, load.acknowledged().size());
    assertThat(struck).containsAll(OF_EVERY_BUILD.stream().filter(strikes::contains).toList());
  }

  private List<Strike> strikes() {
    String wanted = System.getProperty("failpoints", "");
    String action = System.getProperty("failpoints.action", "");
    if (wanted.isEmpty() && action.isEmpty()) {
      return OF_EVERY_BUILD;
    }
    Stream<FailPoint> points =
        wanted.isEmpty()
            ? OF_EVERY_BUILD.stream().map(Strike::point).distinct()
            : wanted.equals("all")
                ? Arrays.stream(FailPoint.values())
                : Stream.of(wanted.split(",")).map(FailPoint::valueOf);
    return points.map(point -> new Strike(action(action), point)).toList();
  }

  private Action action(String wanted) {
    return wanted.isEmpty() || wanted.equals("mixed")
        ? ACTIONS.get(random.nextInt(ACTIONS.size()))
        : Action.valueOf(wanted.toUpperCase(Locale.ROOT));
  }

  /** Whatever struck, the others go on meanwhile, and the node is well after a restart. */
  private void strike(Node node, Strike strike, Load load) throws InterruptedException {
    node.kill();
    int count = OF_EVERY_CALL.contains(strike.point()) ? 1 + random.nextInt(COUNT_MAX) : 1;
    String action = strike.action().name().toLowerCase(Locale.ROOT);
    node.start(strike.point() + "=" + action + "@" + count);
    boolean reached =
        strike.action() == Action.CRASH
            ? node.endsWithin(UNTIL_REACHED)
            : says(node, "fails at failpoint " + strike.point());
    if (reached) {
      struck.add(strike);
      LOG.info("{} struck {}", strike, node.node().id);
      assertServed(load, strike, 20 * THREADS);
    }
    if (strike.action() == Action.FAIL && reached) {
      assertThat(logOf(node).lines())
          .as("a failure is no secret")
          .anyMatch(
              line ->
                  line.contains("failpoint " + strike.point())
                      && !line.contains("fails at failpoint"));
    }
    restart(node);
  }

  private static boolean says(Node node, String what) {
    try {
      patiently().atMost(UNTIL_REACHED).until(() -> logOf(node).contains(what));
      return true;
    } catch (ConditionTimeoutException e) {
      return false;
    }
  }

  private static String logOf(Node node) {
    try {
      return Files.readString(node.log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void restart(Node node) throws InterruptedException {
    node.kill();
    node.start();
    patiently().atMost(UNTIL_SERVED).until(() -> node.status(0) != null);
  }

  /** Calls of every thread end: none waits for what will never come. */
  private static void assertServed(Load load, Object strike, int calls) {
    int before = load.acknowledged().size();
    patiently()
        .atMost(UNTIL_SERVED)
        .alias("calls after " + strike)
        .until(() -> load.acknowledged().size() > before + calls);
  }

  /** All places at once, each now and then. */
  private void delay(Node node, List<FailPoint> points, Load load) throws InterruptedException {
    node.kill();
    node.start(
        points.stream()
            .map(point -> point + DELAY)
            .collect(Collectors.joining(";", "seed=" + seed + ";", "")));
    patiently().atMost(UNTIL_SERVED).until(() -> node.status(0) != null);
    points.forEach(point -> struck.add(new Strike(Action.DELAY, point)));
    assertServed(load, "delays", 100 * THREADS);
    restart(node);
  }
}
