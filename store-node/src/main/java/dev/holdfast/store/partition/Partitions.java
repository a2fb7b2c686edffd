package dev.holdfast.store.partition;

import dev.holdfast.common.partition.PartitionMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All partitions, each with its replica on this node, and the nodes in the order of preference. */
public final class Partitions {
  private final PartitionMap map;
  private final List<PartitionReplica> replicas;
  private final List<String> nodeIds;
  private final String self;

  public Partitions(
      PartitionMap map, List<PartitionReplica> replicas, List<String> nodeIds, String self) {
    this.map = map;
    this.replicas = List.copyOf(replicas);
    this.nodeIds = List.copyOf(nodeIds);
    this.self = self;
  }

  public PartitionMap map() {
    return map;
  }

  public String self() {
    return self;
  }

  /** All nodes of the cluster, in the order of preference. */
  public List<String> nodeIds() {
    return nodeIds;
  }

  public int count() {
    return replicas.size();
  }

  public List<PartitionReplica> all() {
    return replicas;
  }

  public PartitionReplica get(int partition) {
    return replicas.get(partition);
  }

  public PartitionReplica of(String store) {
    return replicas.get(map.partitionOf(store));
  }

  /** The log time of the partition that a store is in. */
  public long logMillis(String store) {
    return of(store).clock().millis();
  }

  /** The node that leads a partition when all are healthy: partition i prefers node i. */
  public String preferredLeader(int partition) {
    return nodeIds.get(partition % nodeIds.size());
  }

  /** Reacts to a broken connection: the partitions that the node led may need another leader. */
  public void lost(String node) {
    for (PartitionReplica replica : replicas) {
      if (node.equals(replica.raft().leader())) {
        replica.leaderMayBeGone(turnAfter(node, replica.partition()));
      }
    }
  }

  /**
   * This node's place among those left, by preference: partition i prefers node i, then the next.
   */
  private int turnAfter(String lost, int partition) {
    int turn = 0;
    for (int i = 0; i < nodeIds.size(); i++) {
      String next = nodeIds.get((partition + i) % nodeIds.size());
      if (next.equals(self)) {
        return turn;
      }
      turn += next.equals(lost) ? 0 : 1;
    }
    return turn;
  }

  /** The node that leads a partition, as far as this one knows. */
  public @Nullable String leader(int partition) {
    return replicas.get(partition).raft().leader();
  }
}
