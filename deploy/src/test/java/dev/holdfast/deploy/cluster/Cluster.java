package dev.holdfast.deploy.cluster;

import static org.awaitility.Awaitility.await;

import dev.holdfast.common.client.ClientSecurity;
import dev.holdfast.common.client.ClientSettings;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.cluster.v1.GetNodeStatusResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Three store nodes, one aggregator or more, and a container for the command line, from the image.
 * Set up by one thread before the start; the status may be asked for by any.
 */
public class Cluster {
  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
  private static final String ANY_AGE = "3600000";
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration ONE_LOOK = Duration.ofSeconds(1);

  private final Map<String, String> storeEnvironment = new HashMap<>();
  private final List<Consumer<NodeContainer>> changes = new ArrayList<>();
  private final List<Consumer<ToolsContainer>> toolChanges = new ArrayList<>();
  private final List<Consumer<ToolsContainer>> preparations = new ArrayList<>();
  private Supplier<ClientSecurity> security = () -> ClientSecurity.OFF;
  private int aggregators = 1;
  private @Nullable RunningCluster running;
  private @Nullable HoldfastClient probe;

  /** Sets a variable on the store nodes; before the start. */
  public Cluster with(String variable, String value) {
    storeEnvironment.put(variable, value);
    return this;
  }

  /** Changes the container of one node before it starts. */
  public Cluster with(String node, Consumer<NodeContainer> change) {
    return withEach(
        container -> {
          if (container.id().equals(node)) {
            change.accept(container);
          }
        });
  }

  /** Changes the container of every node before it starts. */
  public Cluster withEach(Consumer<NodeContainer> change) {
    changes.add(change);
    return this;
  }

  /** Changes the container of the command line before it starts. */
  public Cluster withTools(Consumer<ToolsContainer> change) {
    toolChanges.add(change);
    return this;
  }

  /**
   * Says that its nodes speak TLS; before the start.
   *
   * @param callers who the test is to them, once the preparations are done
   */
  public Cluster withSecurity(Supplier<ClientSecurity> callers) {
    security = callers;
    return withEach(node -> node.secured());
  }

  /** Runs something in the container of the command line before the nodes start. */
  public Cluster beforeNodes(Consumer<ToolsContainer> preparation) {
    preparations.add(preparation);
    return this;
  }

  public Cluster withAggregators(int count) {
    aggregators = count;
    return this;
  }

  /** Starts all containers, and waits until the nodes are ready. */
  public void start() {
    RunningCluster cluster = RunningCluster.create(SystemTestSettings.load(), aggregators);
    cluster.stores().forEach(node -> node.withEnv(storeEnvironment));
    changes.forEach(change -> cluster.nodes().forEach(change));
    toolChanges.forEach(change -> change.accept(cluster.tools()));
    running = cluster;
    cluster.start(preparations);
    probe =
        HoldfastClient.connect(
            ClientSettings.at(List.of("unused:1"))
                .withCallTimeout(ONE_LOOK)
                .withoutLeaderRouting()
                .withSecurity(security.get()));
  }

  public boolean isUp() {
    return running != null;
  }

  /** Removes all containers and networks. */
  public void stop() {
    RunningCluster was = running;
    running = null;
    if (probe != null) {
      probe.close();
      probe = null;
    }
    if (was != null) {
      was.stop();
    }
  }

  /** One of node-a, node-b, node-c, aggregator. */
  public NodeContainer node(String id) {
    return nodes().stream().filter(node -> node.id().equals(id)).findFirst().orElseThrow();
  }

  public List<NodeContainer> nodes() {
    return up().nodes();
  }

  public NodeContainer aggregator() {
    return aggregators().get(0);
  }

  public List<NodeContainer> aggregators() {
    return up().aggregators();
  }

  public List<NodeContainer> stores() {
    return up().stores();
  }

  public ToolsContainer tools() {
    return up().tools();
  }

  /** Asks every store node, cut off or not; one that does not answer soon is left out. */
  public ClusterStatus status() {
    Map<String, CompletableFuture<GetNodeStatusResponse>> asked = new LinkedHashMap<>();
    HoldfastClient asking = Objects.requireNonNull(probe, "the cluster is not up");
    for (NodeContainer node : stores()) {
      asked.put(node.id(), asking.nodeStatus(node.grpcAddress()));
    }
    Map<String, GetNodeStatusResponse> answers = new LinkedHashMap<>();
    asked.forEach((node, answer) -> putAnswer(answers, node, answer));
    return new ClusterStatus(answers);
  }

  private static void putAnswer(
      Map<String, GetNodeStatusResponse> answers,
      String node,
      CompletableFuture<GetNodeStatusResponse> answer) {
    try {
      answers.put(node, answer.join());
    } catch (CompletionException silent) {
      answers.remove(node);
    }
  }

  public String awaitLeader(int partition) {
    return await("a leader of partition " + partition)
        .atMost(SOON)
        .pollInterval(LOOK)
        .pollDelay(Duration.ZERO)
        .until(() -> status().leaderOf(partition), Optional::isPresent)
        .orElseThrow();
  }

  public boolean hasLeaderOtherThan(NodeContainer node, int partition) {
    return status().leaderOf(partition).filter(leader -> !leader.equals(node.id())).isPresent();
  }

  /** Until all store nodes answer and have applied the same. */
  public void awaitInStep() {
    eventually("all replicas to be in step", () -> status().isInStep(stores().size()));
  }

  /** Waits; a failure tells how the replicas are. */
  public void eventually(String what, Callable<Boolean> condition) {
    long started = System.nanoTime();
    try {
      await(what).atMost(SOON).pollInterval(LOOK).pollDelay(Duration.ZERO).until(condition);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(e.getMessage() + "\n" + status(), e);
    }
    LOG.info("{} ms until {}", millisSince(started), what);
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  /** All stock as CSV, linearizable. */
  public String stock() {
    return tools().holdfast("stock", "list", "--all", "-o", "csv").outOrFail();
  }

  /** The stock that one node has itself, however old that is. */
  public String stockHeldBy(NodeContainer node) {
    return tools()
        .holdfast(
            "stock",
            "list",
            "--all",
            "-o",
            "csv",
            "--max-staleness",
            ANY_AGE,
            "--no-leader-routing",
            "--endpoint",
            node.peerGrpcAddress())
        .outOrFail();
  }

  /** A client that talks to these nodes only, from outside; to be closed. */
  public HoldfastClient clientOf(Duration budget, NodeContainer... nodes) {
    return HoldfastClient.connect(
        ClientSettings.at(Stream.of(nodes).map(NodeContainer::grpcAddress).toList())
            .withCallTimeout(budget)
            .withBudget(budget)
            .withoutLeaderRouting()
            .withSecurity(security.get()));
  }

  private RunningCluster up() {
    if (running == null) {
      throw new IllegalStateException("the cluster is not up");
    }
    return running;
  }
}
