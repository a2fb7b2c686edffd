package dev.holdfast.deploy.faults;

import dev.holdfast.deploy.cluster.Cluster;
import dev.holdfast.deploy.cluster.ClusterStatus;
import dev.holdfast.deploy.cluster.Finished;
import dev.holdfast.deploy.cluster.NodeContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster from its start to its end; many drills may run on it. Its nodes keep their ports over
 * restarts, and the container of the command line sees all disks.
 */
final class ClusterLife implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterLife.class);
  private static final Duration PROOF_TIME_MAX = Duration.ofSeconds(60);

  private final Setting setting;
  private final Cluster cluster = new Cluster();
  private final Equipment equipment;
  private final Map<String, Integer> ports = new TreeMap<>();

  private ClusterLife(Setting setting) {
    this.setting = setting;
    equipment = new Equipment(setting);
  }

  static ClusterLife begin(Setting setting) {
    ClusterLife life = new ClusterLife(setting);
    long started = System.nanoTime();
    life.equipment.prepare(life.cluster);
    FreePorts free = new FreePorts();
    // A replica that joins under full load must get there before its log is cut again.
    life.cluster
        .with("HOLDFAST_SNAPSHOT_EVERY_EVENTS", "2000")
        .with("HOLDFAST_SNAPSHOT_SPACING", "15s")
        .withEach(node -> life.give(node, free))
        .withTools(life.equipment::showTo);
    try {
      life.cluster.start();
      life.cluster.nodes().forEach(life.equipment::requireLoaded);
    } catch (RuntimeException e) {
      life.close();
      throw e;
    }
    LOG.info("cluster {} is up after {} ms", setting, (System.nanoTime() - started) / 1_000_000);
    return life;
  }

  private void give(NodeContainer node, FreePorts free) {
    int port = free.next();
    node.withHostPorts(port, free.next());
    ports.put(node.id(), port);
    equipment.give(node);
  }

  Setting setting() {
    return setting;
  }

  Cluster cluster() {
    return cluster;
  }

  Equipment equipment() {
    return equipment;
  }

  /** Where callers outside reach a node, whether it runs or not. */
  String endpoint(NodeContainer node) {
    return node.getHost() + ":" + ports.get(node.id());
  }

  /** The terms of all partitions, once each is led by the node that it prefers. */
  List<Long> settledTerms() {
    cluster.eventually(
        "each partition to be led by a node of its own",
        () ->
            IntStream.range(0, Site.PARTITIONS)
                    .mapToObj(partition -> cluster.status().leaderOf(partition))
                    .flatMap(Optional::stream)
                    .distinct()
                    .count()
                == Site.PARTITIONS);
    return terms();
  }

  List<Long> terms() {
    ClusterStatus status = cluster.status();
    return IntStream.range(0, Site.PARTITIONS).mapToObj(status::term).toList();
  }

  /** What {@code holdfast verify} finds wrong, by every aggregator; empty when all holds. */
  List<String> unproven() {
    List<String> problems = new ArrayList<>();
    for (NodeContainer aggregator : cluster.aggregators()) {
      Finished proof = prove(aggregator);
      boolean equal = proof.exitCode() == 0 && !proof.out().contains("\"equal\":false");
      if (!equal || !proof.out().contains("\"equal\":true")) {
        problems.add("verify by " + aggregator.id() + ": " + proof.out() + proof.err());
      }
    }
    return problems;
  }

  /** An aggregator that was struck may need a while until it follows again. */
  private Finished prove(NodeContainer aggregator) {
    long deadline = System.nanoTime() + PROOF_TIME_MAX.toNanos();
    Finished proof;
    do {
      proof =
          cluster
              .tools()
              .holdfast("verify", "-o", "json", "--aggregator", aggregator.peerGrpcAddress());
    } while (proof.exitCode() != 0
        && !proof.out().contains("\"equal\"")
        && System.nanoTime() < deadline);
    return proof;
  }

  /** How replicas differ; empty when they are equal. All nodes are stopped afterwards. */
  List<String> differences() {
    try {
      return new Replicas(site()).differences();
    } catch (RuntimeException | AssertionError e) {
      LOG.warn("replicas could not be compared", e);
      return List.of("replicas could not be compared: " + e);
    }
  }

  /** Starts what is stopped. */
  void makeWhole() {
    site().makeWhole();
  }

  private Site site() {
    return new Site(cluster, equipment, 0);
  }

  void keepLogs(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (NodeContainer node : cluster.nodes()) {
      Files.writeString(directory.resolve(node.id() + ".log"), node.getLogs());
    }
  }

  @Override
  public void close() {
    cluster.stop();
    equipment.close();
  }
}
