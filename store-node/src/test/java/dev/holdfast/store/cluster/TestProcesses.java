package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.patiently;

import dev.holdfast.common.client.ClientSettings;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.common.failpoint.FailPoints;
import dev.holdfast.proto.cluster.v1.ReplicaStatus;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.StockLevel;
import dev.holdfast.store.StoreNode;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The nodes of a cluster as processes of their own, so that they can be killed. */
final class TestProcesses implements AutoCloseable {
  private static final Duration BUDGET = Duration.ofSeconds(100); // three JVMs start in it

  private final List<Node> nodes;
  private final HoldfastClient client;

  private TestProcesses(TestCluster cluster) {
    nodes = cluster.nodes().stream().map(Node::new).toList();
    nodes.forEach(Node::start);
    List<String> endpoints = nodes.stream().map(node -> node.node.address).toList();
    client = HoldfastClient.connect(ClientSettings.at(endpoints).withBudget(BUDGET));
  }

  /** Starts the nodes of a cluster, which itself is never started. */
  static TestProcesses started(TestCluster cluster) {
    return new TestProcesses(cluster);
  }

  /** One node. */
  static final class Node {
    private final TestNode node;
    private @Nullable Process process;

    private Node(TestNode node) {
      this.node = node;
    }

    void start() {
      start("");
    }

    /**
     * Starts it with failpoints.
     *
     * @param plan of {@link FailPoints#PROPERTY}; empty to count only
     */
    void start(String plan) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-D" + FailPoints.PROPERTY + "=" + plan);
      String record = System.getProperty(FailPoints.RECORD_PROPERTY);
      if (record != null) {
        command.add("-D" + FailPoints.RECORD_PROPERTY + "=" + record);
      }
      command.addAll(List.of("-Xmx160m", "-cp", System.getProperty("java.class.path")));
      command.add(StoreNode.class.getName());
      node.settings().forEach((key, value) -> command.add("--set=" + key + "=" + value));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
      // What steers the tests is no configuration of a node.
      builder.environment().keySet().removeIf(name -> name.startsWith("HOLDFAST_"));
      try {
        process = builder.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** What it prints, in all its lives. */
    Path log() {
      return node.dataDir().resolveSibling(node.id + ".log");
    }

    /** As kill -9 does. */
    void kill() throws InterruptedException {
      Process running = Objects.requireNonNull(process, "not started");
      running.destroyForcibly().waitFor();
    }

    /** As a service manager does: SIGTERM, and wait. */
    void stop() throws InterruptedException {
      Process running = Objects.requireNonNull(process, "not started");
      running.destroy();
      running.waitFor();
    }

    /** Whether it ends by itself. */
    boolean endsWithin(Duration time) throws InterruptedException {
      return Objects.requireNonNull(process, "not started")
          .waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean isRunning() {
      return process != null && process.isAlive();
    }

    TestNode node() {
      return node;
    }

    /** As when its disk was replaced. */
    void loseDisk() throws IOException {
      DiskFaults.delete(node.dataDir());
    }

    /** What it says of its replica of a partition; null when it does not answer. */
    @Nullable ReplicaStatus status(int partition) {
      try {
        return node.call().nodeStatus().getReplicas(partition);
      } catch (StatusRuntimeException e) {
        return null;
      }
    }
  }

  Node node(int index) {
    return nodes.get(index);
  }

  HoldfastClient client() {
    return client;
  }

  void create(String store, String sku, long quantity) {
    client.createItem(Caller.creation(store, sku, quantity)).join();
  }

  StockLevel stock(String store, String sku) {
    GetStockRequest request = GetStockRequest.newBuilder().setStore(store).setSku(sku).build();
    return client.getStock(request).join().getStock();
  }

  Node leaderOf(int partition) {
    Node[] leader = new Node[1];
    patiently()
        .ignoreExceptions()
        .until(
            () -> {
              String id = client.topology().join().getPartitions(partition).getLeader();
              leader[0] =
                  nodes.stream().filter(each -> each.node.id.equals(id)).findAny().orElseThrow();
              return true;
            });
    return leader[0];
  }

  @Override
  public void close() {
    client.close();
    for (Node node : nodes) {
      Process running = node.process;
      if (running != null) {
        running.destroyForcibly();
      }
    }
  }
}
