package dev.holdfast.common.client;

import dev.holdfast.common.partition.PartitionMap;
import dev.holdfast.proto.cluster.v1.GetTopologyResponse;
import dev.holdfast.proto.cluster.v1.Node;
import dev.holdfast.proto.cluster.v1.PartitionLeader;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The leader of each partition, as one node reported it at one moment. Immutable. */
final class Topology {
  private final PartitionMap partitions;
  private final Map<Integer, NodeChannel> leaders;

  private Topology(PartitionMap partitions, Map<Integer, NodeChannel> leaders) {
    this.partitions = partitions;
    this.leaders = Map.copyOf(leaders);
  }

  static Topology of(GetTopologyResponse response, Nodes nodes) {
    Map<String, NodeChannel> byId = new HashMap<>();
    for (Node node : response.getNodesList()) {
      byId.put(node.getId(), nodes.at(node.getGrpcAddress()));
    }
    Map<Integer, NodeChannel> leaders = new HashMap<>();
    for (PartitionLeader partition : response.getPartitionsList()) {
      NodeChannel leader = byId.get(partition.getLeader());
      if (leader != null) {
        leaders.put(partition.getPartition(), leader);
      }
    }
    return new Topology(
        new PartitionMap(response.getPartitionCount(), response.getPinnedMap()), leaders);
  }

  int partitionOf(String store) {
    return partitions.partitionOf(store);
  }

  @Nullable NodeChannel leaderOf(String store) {
    return leaders.get(partitions.partitionOf(store));
  }
}
