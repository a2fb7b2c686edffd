package dev.holdfast.deploy.cluster;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.testcontainers.containers.Network;
import org.testcontainers.lifecycle.Startables;

/** The containers and networks of a cluster. */
record RunningCluster(
    PeerNetwork peers,
    Network clients,
    List<NodeContainer> stores,
    List<NodeContainer> aggregators,
    ToolsContainer tools) {
  private static final List<Member> STORES =
      List.of(
          Member.storeNode("node-a", 1),
          Member.storeNode("node-b", 2),
          Member.storeNode("node-c", 3));

  /** The Java options spare the machine: much of a short run would else go into compiling. */
  private static final Map<String, String> ALL_NODES =
      Map.of(
          "HOLDFAST_CLUSTER_ID", "system-test",
          "HOLDFAST_LOG_FORMAT", "text",
          "HOLDFAST_SECURITY_MODE", "off",
          "HOLDFAST_SECURITY_OPEN_TO_NETWORK", "true",
          "JAVA_OPTS", "-XX:+UseSerialGC -Xmx512m -XX:TieredStopAtLevel=1");

  /** Makes them, and starts none. */
  static RunningCluster create(SystemTestSettings settings, int aggregatorCount) {
    PeerNetwork peers = PeerNetwork.create(settings.labels());
    Network clients =
        Network.builder().createNetworkCmdModifier(c -> c.withLabels(settings.labels())).build();
    List<NodeContainer> stores =
        STORES.stream()
            .map(member -> new NodeContainer(member, clients, peers, settings).withEnv(ALL_NODES))
            .map(node -> node.withEnv("HOLDFAST_CLUSTER_BOOTSTRAP", "true"))
            .toList();
    List<NodeContainer> aggregators =
        IntStream.rangeClosed(1, aggregatorCount)
            .mapToObj(Member::aggregator)
            .map(member -> new NodeContainer(member, clients, peers, settings).withEnv(ALL_NODES))
            .map(RunningCluster::withItsPort)
            .toList();
    ToolsContainer tools = new ToolsContainer(settings).withNetwork(peers.network());
    RunningCluster cluster = new RunningCluster(peers, clients, stores, aggregators, tools);
    cluster.introduce();
    return cluster;
  }

  private static NodeContainer withItsPort(NodeContainer aggregator) {
    String port = Integer.toString(aggregator.member().grpcPort());
    return aggregator.withEnv("HOLDFAST_GRPC_PORT", port);
  }

  private void introduce() {
    String clusterNodes = Member.clusterNodes(STORES, peers);
    nodes().forEach(node -> node.withEnv("HOLDFAST_CLUSTER_NODES", clusterNodes));
    String endpoints =
        stores.stream().map(NodeContainer::peerGrpcAddress).collect(Collectors.joining(","));
    tools.withEnv("HOLDFAST_ENDPOINT", endpoints);
    tools.withEnv("HOLDFAST_AGGREGATOR", aggregators.get(0).peerGrpcAddress());
  }

  /** Stores first. */
  List<NodeContainer> nodes() {
    return Stream.concat(stores.stream(), aggregators.stream()).toList();
  }

  /** The tools first: they take the first address, which no node has. */
  void start(List<Consumer<ToolsContainer>> preparations) {
    tools.start();
    preparations.forEach(preparation -> preparation.accept(tools));
    Startables.deepStart(nodes()).join();
  }

  void stop() {
    nodes().forEach(NodeContainer::stop);
    tools.stop();
    clients.close();
    peers.close();
  }
}
