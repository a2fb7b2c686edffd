package dev.holdfast.deploy;

import static org.awaitility.Awaitility.await;

import dev.holdfast.common.client.ClientSettings;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.cluster.v1.GetNodeStatusResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.Network;
import org.testcontainers.lifecycle.Startables;

/**
 * Three store nodes, an aggregator, and a container for the command line, from the image; for all
 * tests of a class. A failure gets the containers' last lines attached; whole logs stay in
 * target/container-logs.
 */
final class HoldfastCluster
    implements BeforeAllCallback,
        AfterAllCallback,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(HoldfastCluster.class);
  private static final List<Member> STORES =
      List.of(
          Member.storeNode("node-a", 1),
          Member.storeNode("node-b", 2),
          Member.storeNode("node-c", 3));
  private static final Member AGGREGATOR = new Member("aggregator", "aggregator-node", 11);
  private static final Path LOGS = Path.of("target", "container-logs");
  private static final int LOG_LINES = 60;
  private static final String ANY_AGE = "3600000";
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration ONE_LOOK = Duration.ofSeconds(1);

  /** The Java options spare the machine: much of a short run would else go into compiling. */
  private static final Map<String, String> ALL_NODES =
      Map.of(
          "HOLDFAST_CLUSTER_ID", "system-test",
          "HOLDFAST_LOG_FORMAT", "text",
          "JAVA_OPTS", "-XX:+UseSerialGC -Xmx512m -XX:TieredStopAtLevel=1");

  private final Map<String, String> storeEnvironment = new HashMap<>();
  private final List<Consumer<NodeContainer>> changes = new ArrayList<>();
  private final List<Consumer<ToolsContainer>> toolChanges = new ArrayList<>();
  private @Nullable Running running;

  /** The parts of a cluster that is up. */
  private record Running(
      PeerNetwork peers,
      Network clients,
      List<NodeContainer> nodes,
      ToolsContainer tools,
      HoldfastClient probe) {}

  /** Sets a variable on the store nodes; before the start. */
  HoldfastCluster with(String variable, String value) {
    storeEnvironment.put(variable, value);
    return this;
  }

  /** Changes the container of one node before it starts. */
  HoldfastCluster with(String node, Consumer<NodeContainer> change) {
    changes.add(
        container -> {
          if (container.id().equals(node)) {
            change.accept(container);
          }
        });
    return this;
  }

  /** Changes the container of the command line before it starts. */
  HoldfastCluster withTools(Consumer<ToolsContainer> change) {
    toolChanges.add(change);
    return this;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    SystemTestSettings settings = SystemTestSettings.load();
    PeerNetwork peers = PeerNetwork.create(settings.labels());
    Network clients =
        Network.builder().createNetworkCmdModifier(c -> c.withLabels(settings.labels())).build();
    List<NodeContainer> nodes =
        Stream.concat(STORES.stream(), Stream.of(AGGREGATOR))
            .map(member -> prepare(new NodeContainer(member, clients, peers, settings), peers))
            .toList();
    ToolsContainer tools = prepareTools(new ToolsContainer(settings), peers);
    ClientSettings look = ClientSettings.at(List.of("unused:1")).withCallTimeout(ONE_LOOK);
    HoldfastClient probe = HoldfastClient.connect(look.withoutLeaderRouting());
    running = new Running(peers, clients, nodes, tools, probe);
    start(running);
  }

  private NodeContainer prepare(NodeContainer node, PeerNetwork peers) {
    node.withEnv(ALL_NODES);
    node.withEnv("HOLDFAST_CLUSTER_NODES", Member.clusterNodes(STORES, peers));
    if (node.member().equals(AGGREGATOR)) {
      node.withEnv("HOLDFAST_GRPC_PORT", Integer.toString(AGGREGATOR.grpcPort()));
    } else {
      node.withEnv("HOLDFAST_CLUSTER_BOOTSTRAP", "true");
      node.withEnv(storeEnvironment);
    }
    changes.forEach(change -> change.accept(node));
    return node;
  }

  private ToolsContainer prepareTools(ToolsContainer tools, PeerNetwork peers) {
    String endpoints =
        STORES.stream().map(member -> member.grpcAddress(peers)).collect(Collectors.joining(","));
    tools.withNetwork(peers.network());
    tools.withEnv("HOLDFAST_ENDPOINT", endpoints);
    tools.withEnv("HOLDFAST_AGGREGATOR", AGGREGATOR.grpcAddress(peers));
    toolChanges.forEach(change -> change.accept(tools));
    return tools;
  }

  /** The tools first: they take the first address, which no node has. */
  private static void start(Running cluster) {
    cluster.tools.start();
    Startables.deepStart(cluster.nodes).join();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Running was = running;
    if (was == null) {
      return;
    }
    running = null;
    was.nodes.forEach(node -> keepLog(context, node));
    was.probe.close();
    was.nodes.forEach(NodeContainer::stop);
    was.tools.stop();
    was.clients.close();
    was.peers.close();
  }

  /** One of node-a, node-b, node-c, aggregator. */
  NodeContainer node(String id) {
    return up().nodes.stream().filter(node -> node.id().equals(id)).findFirst().orElseThrow();
  }

  NodeContainer aggregator() {
    return node(AGGREGATOR.id());
  }

  List<NodeContainer> stores() {
    return up().nodes.stream().filter(node -> !node.member().equals(AGGREGATOR)).toList();
  }

  ToolsContainer tools() {
    return up().tools;
  }

  /** Asks every store node, cut off or not; one that does not answer soon is left out. */
  ClusterStatus status() {
    Map<String, CompletableFuture<GetNodeStatusResponse>> asked = new LinkedHashMap<>();
    for (NodeContainer node : stores()) {
      asked.put(node.id(), up().probe.nodeStatus(node.grpcAddress()));
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

  String awaitLeader(int partition) {
    return await("a leader of partition " + partition)
        .atMost(SOON)
        .pollInterval(LOOK)
        .pollDelay(Duration.ZERO)
        .until(() -> status().leaderOf(partition), Optional::isPresent)
        .orElseThrow();
  }

  boolean hasLeaderOtherThan(NodeContainer node, int partition) {
    return status().leaderOf(partition).filter(leader -> !leader.equals(node.id())).isPresent();
  }

  /** Until all store nodes answer and have applied the same. */
  void awaitInStep() {
    eventually("all replicas to be in step", () -> status().isInStep(STORES.size()));
  }

  /** Waits; a failure tells how the replicas are. */
  void eventually(String what, Callable<Boolean> condition) {
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
  String stock() {
    return tools().holdfast("stock", "list", "--all", "-o", "csv").outOrFail();
  }

  /** The stock that one node has itself, however old that is. */
  String stockHeldBy(NodeContainer node) {
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
  HoldfastClient clientOf(Duration budget, NodeContainer... nodes) {
    return HoldfastClient.connect(
        ClientSettings.at(Stream.of(nodes).map(NodeContainer::grpcAddress).toList())
            .withCallTimeout(budget)
            .withBudget(budget)
            .withoutLeaderRouting());
  }

  private Running up() {
    if (running == null) {
      throw new IllegalStateException("the cluster is not up");
    }
    return running;
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withLogs(failure);
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withLogs(failure);
  }

  private Throwable withLogs(Throwable failure) {
    Running cluster = running;
    if (cluster != null) {
      cluster.nodes.stream().map(HoldfastCluster::log).forEach(failure::addSuppressed);
    }
    return failure;
  }

  private static void keepLog(ExtensionContext context, NodeContainer node) {
    String name = context.getRequiredTestClass().getSimpleName() + "-" + node.id() + ".log";
    try {
      Files.createDirectories(LOGS);
      Files.writeString(LOGS.resolve(name), node.getContainerId() == null ? "" : node.getLogs());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ContainerLogs log(NodeContainer node) {
    return new ContainerLogs(
        "last lines of %s:%n%s".formatted(node.id(), node.lastLines(LOG_LINES)));
  }
}
