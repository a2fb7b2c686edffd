package dev.holdfast.deploy.cluster;

import dev.holdfast.proto.cluster.v1.GetNodeStatusResponse;
import dev.holdfast.proto.cluster.v1.RaftRole;
import dev.holdfast.proto.cluster.v1.ReplicaStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the nodes that answered say about their replicas, by node. */
public record ClusterStatus(Map<String, GetNodeStatusResponse> nodes) {

  /**
   * The node that leads a partition; empty while none does. A node that is cut off believes in
   * itself for a while: the highest term wins.
   */
  public Optional<String> leaderOf(int partition) {
    return replicas(partition)
        .filter(entry -> entry.getValue().getRole() == RaftRole.RAFT_ROLE_LEADER)
        .max(Comparator.comparingLong(entry -> entry.getValue().getTerm()))
        .map(Map.Entry::getKey);
  }

  /** The highest Raft term of a partition that any node knows. */
  public long term(int partition) {
    return replicas(partition).mapToLong(entry -> entry.getValue().getTerm()).max().orElse(0);
  }

  /** Whether a node answers and has heard of the partition's latest term. */
  public boolean isCurrent(String node, int partition) {
    return replicas(partition)
        .anyMatch(
            entry -> entry.getKey().equals(node) && entry.getValue().getTerm() == term(partition));
  }

  /** The last event of a partition that any node has applied. */
  public long sequence(int partition) {
    return replicas(partition).mapToLong(entry -> entry.getValue().getSequence()).max().orElse(0);
  }

  /** Events of all partitions. */
  public long events() {
    return partitions().stream().mapToLong(this::sequence).sum();
  }

  public int busiestPartition() {
    return partitions().stream().max(Comparator.comparingLong(this::sequence)).orElse(0);
  }

  /** Whether so many nodes answer, all have applied the same, and none has stopped a replica. */
  public boolean isInStep(int nodeCount) {
    return nodes.size() == nodeCount
        && faults().isEmpty()
        && partitions().stream().allMatch(this::isInStepOn);
  }

  private boolean isInStepOn(int partition) {
    return replicas(partition).map(entry -> entry.getValue().getSequence()).distinct().count() == 1;
  }

  /** Why replicas stopped. */
  public List<String> faults() {
    return nodes.values().stream()
        .flatMap(node -> node.getReplicasList().stream())
        .map(ReplicaStatus::getFault)
        .filter(fault -> !fault.isEmpty())
        .toList();
  }

  /** Whether a node answers and has stopped a replica. */
  public boolean hasFault(String node) {
    return nodes.containsKey(node)
        && nodes.get(node).getReplicasList().stream().anyMatch(r -> !r.getFault().isEmpty());
  }

  private List<Integer> partitions() {
    return nodes.values().stream()
        .flatMap(node -> node.getReplicasList().stream())
        .map(ReplicaStatus::getPartition)
        .distinct()
        .toList();
  }

  private Stream<Map.Entry<String, ReplicaStatus>> replicas(int partition) {
    return nodes.entrySet().stream()
        .flatMap(
            node ->
                node.getValue().getReplicasList().stream()
                    .filter(replica -> replica.getPartition() == partition)
                    .map(replica -> Map.entry(node.getKey(), replica)));
  }

  @Override
  public String toString() {
    return nodes.entrySet().stream()
        .flatMap(node -> node.getValue().getReplicasList().stream().map(r -> text(node, r)))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static String text(Map.Entry<String, GetNodeStatusResponse> node, ReplicaStatus replica) {
    return "partition %d on %s: %s, term %d, sequence %d, leader '%s' %s"
        .formatted(
            replica.getPartition(),
            node.getKey(),
            replica.getRole(),
            replica.getTerm(),
            replica.getSequence(),
            replica.getLeader(),
            replica.getFault());
  }
}
