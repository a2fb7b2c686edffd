package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.store.cluster.TestProcesses.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node crashes at one failpoint after the other, under load, and comes back: every acknowledged
 * call stands in the log once, and all replicas hold the same. {@code -Dfailpoints=all} takes all
 * places that a load reaches; {@code -Dfailpoints=STATE_WRITE,LOG_APPENDED} some; {@code
 * -Dfailpoints.seed=N} other moments.
 */
final class FailPointsIT {
  private static final Logger LOG = LoggerFactory.getLogger(FailPointsIT.class);
  private static final List<FailPoint> OF_EVERY_BUILD =
      List.of(
          FailPoint.STATE_WRITE,
          FailPoint.STATE_WRITTEN,
          FailPoint.LOG_APPENDED,
          FailPoint.SNAPSHOT_SEALED,
          FailPoint.BATCH_PROPOSED);
  private static final Duration UNTIL_REACHED = Duration.ofSeconds(20);
  private static final int THREADS = 4;

  /** Every call reaches these, so the crash comes at any of the first times. */
  private static final Set<FailPoint> OF_EVERY_CALL =
      EnumSet.range(FailPoint.COMMANDS_DRAINED, FailPoint.LOG_APPENDED);

  private static final int COUNT_MAX = 20;

  private final long seed = Long.getLong("failpoints.seed", 1);
  private final Random random = new Random(seed);

  @Test
  void shouldLoseAndDoubleNothingWhereverANodeCrashes(@TempDir Path directory) throws Exception {
    TestCluster nodes = TestCluster.in(directory, Map.of("snapshot.every-events", "300"));
    Load load;
    List<FailPoint> crashed = new ArrayList<>();
    try (TestProcesses processes = TestProcesses.started(nodes)) {
      LoadAudit.createItems(processes::create);
      load = new Load(processes.client()).start(THREADS, seed);
      try (load) {
        for (FailPoint point : points()) {
          if (crashes(processes.node(random.nextInt(TestCluster.PARTITIONS)), point)) {
            crashed.add(point);
          }
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
    LOG.info("seed {}: crashed at {}; {} calls", seed, crashed, load.acknowledged().size());
    assertThat(crashed).containsAll(OF_EVERY_BUILD.stream().filter(points()::contains).toList());
  }

  private static List<FailPoint> points() {
    String wanted = System.getProperty("failpoints", "");
    if (wanted.isEmpty()) {
      return OF_EVERY_BUILD;
    }
    return wanted.equals("all")
        ? Arrays.asList(FailPoint.values())
        : Stream.of(wanted.split(",")).map(FailPoint::valueOf).toList();
  }

  /** Whether the node reached the place, crashed there, and is up again. */
  private boolean crashes(Node node, FailPoint point) throws InterruptedException {
    node.kill();
    int count = OF_EVERY_CALL.contains(point) ? 1 + random.nextInt(COUNT_MAX) : 1;
    node.start(point + "=crash@" + count);
    boolean crashed = node.endsWithin(UNTIL_REACHED);
    if (!crashed) {
      node.kill();
    }
    node.start();
    patiently().until(() -> node.status(0) != null);
    return crashed;
  }
}
