package dev.holdfast.cli.cluster;

import dev.holdfast.cli.Await;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.cluster.v1.GetNodeStatusResponse;
import dev.holdfast.proto.cluster.v1.GetTopologyResponse;
import dev.holdfast.proto.cluster.v1.Node;
import dev.holdfast.proto.cluster.v1.RaftRole;
import dev.holdfast.proto.cluster.v1.ReplicaStatus;
import dev.holdfast.proto.inventory.v1.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The topology and every node's report on its replicas, collected at the same time. */
public record ClusterView(
    GetTopologyResponse topology, Map<String, Optional<GetNodeStatusResponse>> statusByNode) {

  private static final int REPLICAS = 3;

  public static ClusterView ask(HoldfastClient client) {
    GetTopologyResponse topology = Await.answer(client.topology());
    Map<String, CompletableFuture<GetNodeStatusResponse>> asked = new LinkedHashMap<>();
    for (Node node : topology.getNodesList()) {
      asked.put(node.getId(), client.nodeStatus(node.getGrpcAddress()));
    }
    Map<String, Optional<GetNodeStatusResponse>> answers = new LinkedHashMap<>();
    asked.forEach((node, answer) -> answers.put(node, orSilence(answer)));
    return new ClusterView(topology, answers);
  }

  boolean answers(String node) {
    return statusByNode.getOrDefault(node, Optional.empty()).isPresent();
  }

  /** Whether every node answers, and every partition has a replica that says it leads. */
  boolean isWhole() {
    long leaders = replicas().filter(ClusterView::isLeader).count();
    return leaders >= topology.getPartitionCount()
        && statusByNode.values().stream().allMatch(Optional::isPresent);
  }

  /** Names the cluster by id and addresses, since many clusters have the same id. */
  public String name() {
    return topology.getClusterId()
        + " "
        + topology.getNodesList().stream().map(Node::getGrpcAddress).sorted().toList();
  }

  /**
   * Describes an outage in a sentence: the parts that fail, and those that still work. Empty while
   * every partition has a leader that a majority can follow.
   */
  public Optional<String> outage() {
    List<Integer> lost =
        IntStream.range(0, topology.getPartitionCount())
            .filter(partition -> !hasMajority() || !isLed(partition))
            .boxed()
            .toList();
    if (lost.isEmpty()) {
      return Optional.empty();
    }
    List<Node> live =
        topology.getNodesList().stream().filter(node -> answers(node.getId())).toList();
    String which =
        live.stream()
            .map(node -> node.getId() + " at " + node.getGrpcAddress())
            .collect(Collectors.joining(", "));
    return Optional.of(
        "%d of %d nodes %s (%s); %s %s no %s; reads with --max-staleness and the view still answer"
            .formatted(
                live.size(),
                topology.getNodesCount(),
                live.size() == 1 ? "answers" : "answer",
                which,
                named(lost),
                lost.size() == 1 ? "has" : "have",
                hasMajority() ? "leader" : "majority"));
  }

  private static String named(List<Integer> partitions) {
    String numbers = partitions.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return (partitions.size() == 1 ? "partition " : "partitions ") + numbers;
  }

  /**
   * Whether a majority of all nodes answers. In a larger cluster, each partition is on some of the
   * nodes only, and its leader tells.
   */
  private boolean hasMajority() {
    long live = topology.getNodesList().stream().filter(node -> answers(node.getId())).count();
    return 2 * live > topology.getNodesCount() || topology.getNodesCount() > REPLICAS;
  }

  private boolean isLed(int partition) {
    return replicas().anyMatch(replica -> replica.getPartition() == partition && isLeader(replica));
  }

  private static boolean isLeader(ReplicaStatus replica) {
    return replica.getRole() == RaftRole.RAFT_ROLE_LEADER;
  }

  private Stream<ReplicaStatus> replicas() {
    return statusByNode.values().stream()
        .flatMap(Optional::stream)
        .flatMap(status -> status.getReplicasList().stream());
  }

  /** The end of the event log of each partition, as the most advanced replica reports it. */
  public List<Position> ends() {
    Map<Integer, Long> ends = new TreeMap<>();
    replicas()
        .forEach(replica -> ends.merge(replica.getPartition(), replica.getSequence(), Math::max));
    return ends.entrySet().stream()
        .map(
            end ->
                Position.newBuilder()
                    .setPartition(end.getKey())
                    .setSequence(end.getValue())
                    .build())
        .toList();
  }

  List<ReplicaRow> rows() {
    List<ReplicaRow> rows = new ArrayList<>();
    for (Node node : topology.getNodesList()) {
      String address = node.getGrpcAddress();
      statusByNode
          .getOrDefault(node.getId(), Optional.empty())
          .ifPresentOrElse(
              status ->
                  status.getReplicasList().stream()
                      .map(replica -> new ReplicaRow(node.getId(), address, "", status, replica))
                      .forEach(rows::add),
              () -> rows.addAll(ReplicaRow.silent(node.getId(), address, topology)));
    }
    return rows;
  }

  private static Optional<GetNodeStatusResponse> orSilence(
      CompletableFuture<GetNodeStatusResponse> answer) {
    try {
      return Optional.of(answer.join());
    } catch (CompletionException e) {
      return Optional.empty();
    }
  }
}
