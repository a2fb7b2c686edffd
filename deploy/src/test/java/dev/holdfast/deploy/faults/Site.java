package dev.holdfast.deploy.faults;

import dev.holdfast.deploy.cluster.Cluster;
import dev.holdfast.deploy.cluster.ClusterStatus;
import dev.holdfast.deploy.cluster.NodeContainer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cluster that is struck in a drill, with chance by the drill's seed. For one thread. */
final class Site {
  static final int PARTITIONS = 3;

  private static final Logger LOG = LoggerFactory.getLogger(Site.class);
  private static final Duration WHOLE_TIME_MAX = Duration.ofSeconds(90);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Cluster cluster;
  private final Equipment equipment;
  private final Random random;
  private final NodeContainer chosen;

  Site(Cluster cluster, Equipment equipment, long seed) {
    this.cluster = cluster;
    this.equipment = equipment;
    random = new Random(seed);
    chosen = oneOf(cluster.stores());
  }

  Cluster cluster() {
    return cluster;
  }

  Equipment equipment() {
    return equipment;
  }

  Random random() {
    return random;
  }

  NodeContainer chosen() {
    return chosen;
  }

  int partition() {
    return random.nextInt(PARTITIONS);
  }

  /** Any node while there is no leader. */
  NodeContainer leader(int partition) {
    return cluster
        .status()
        .leaderOf(partition)
        .map(cluster::node)
        .orElseGet(() -> oneOf(cluster.stores()));
  }

  NodeContainer otherThan(NodeContainer node) {
    return oneOf(cluster.stores().stream().filter(each -> !each.id().equals(node.id())).toList());
  }

  <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  void tell(List<NodeContainer> struck) {
    LOG.info("strikes {}", struck.stream().map(NodeContainer::id).collect(Collectors.joining(",")));
  }

  /** Runs a script with the rights of root where all disks are seen. */
  void shell(String script) {
    String out = cluster.tools().rootShell(script).outOrFail();
    if (!out.isBlank()) {
      LOG.info("{}", out.strip());
    }
  }

  void wait(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a fault lasted", e);
    }
  }

  /** Until a node that was started is ready, has ended again, or has stopped a replica. */
  void awaitStart(NodeContainer node) {
    cluster.eventually(
        node.id() + " to be ready or not to start",
        () -> {
          boolean stopped = cluster.status().hasFault(node.id());
          if (stopped || !node.isRunning()) {
            LOG.info("{} {}", node.id(), stopped ? "stopped a replica" : "did not start");
          }
          return stopped || !node.isRunning() || node.isReady();
        });
  }

  /**
   * Takes away whatever faults left behind, and waits until all nodes are ready. A node that ended
   * is started again, and one with a stopped replica restarted, as the handbook says.
   */
  void makeWhole() {
    equipment.mend();
    for (NodeContainer node : cluster.nodes()) {
      NodeActions.unpause(node);
      NodeActions.attach(node);
      PacketFilter.clear(node);
      NodeActions.start(node);
    }
    restartStopped();
    long deadline = System.nanoTime() + WHOLE_TIME_MAX.toNanos();
    while (!cluster.nodes().stream().allMatch(NodeContainer::isReady)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not whole after " + WHOLE_TIME_MAX + ":\n" + cluster.status());
      }
      cluster.nodes().forEach(NodeActions::start);
      restartStopped();
      wait(LOOK);
    }
  }

  private void restartStopped() {
    ClusterStatus status = cluster.status();
    for (NodeContainer node : cluster.stores()) {
      if (status.hasFault(node.id())) {
        LOG.info("restarts {}: {}", node.id(), status.faults());
        NodeActions.kill(node);
        NodeActions.start(node);
      }
    }
  }
}
