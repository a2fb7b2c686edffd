package dev.holdfast.cli.cluster;

import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.proto.cluster.v1.GetNodeStatusResponse;
import dev.holdfast.proto.cluster.v1.GetTopologyResponse;
import dev.holdfast.proto.cluster.v1.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The topology and every node's own word on its replicas, asked for at one moment. */
record ClusterView(
    GetTopologyResponse topology, Map<String, Optional<GetNodeStatusResponse>> statusByNode) {

  static ClusterView ask(HoldfastClient client) {
    GetTopologyResponse topology = join(client.topology());
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

  /** Every node answers, and every partition has a leader that says so itself. */
  boolean isWhole() {
    long leaders =
        statusByNode.values().stream()
            .flatMap(Optional::stream)
            .flatMap(status -> status.getReplicasList().stream())
            .filter(replica -> replica.getRole().name().equals("RAFT_ROLE_LEADER"))
            .count();
    return leaders >= topology.getPartitionCount()
        && statusByNode.values().stream().allMatch(Optional::isPresent);
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
                      .map(replica -> new ReplicaRow(node.getId(), address, "", replica))
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

  private static <T> T join(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw HoldfastException.from(e);
    }
  }
}
