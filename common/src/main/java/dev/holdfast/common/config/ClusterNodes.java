package dev.holdfast.common.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The store nodes of a cluster, in the order in which partitions prefer them as leaders. */
public record ClusterNodes(List<NodeAddress> nodes) {
  public ClusterNodes {
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("must name at least one node");
    }
    refuseRepeated(nodes);
  }

  /**
   * Reads a comma list of {@code id=grpcHost:grpcPort/raftHost:raftPort}.
   *
   * @throws IllegalArgumentException that describes the mistake
   */
  public static ClusterNodes parse(String text) {
    List<NodeAddress> nodes = new ArrayList<>();
    for (String node : text.split(",", -1)) {
      nodes.add(NodeAddress.parse(node.trim()));
    }
    return new ClusterNodes(nodes);
  }

  /** The node of this id, if it belongs to the cluster. */
  public Optional<NodeAddress> find(String id) {
    return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
  }

  public List<String> ids() {
    return nodes.stream().map(NodeAddress::id).toList();
  }

  private static void refuseRepeated(List<NodeAddress> nodes) {
    Set<String> ids = new HashSet<>();
    Set<String> addresses = new HashSet<>();
    for (NodeAddress node : nodes) {
      if (!ids.add(node.id())) {
        throw new IllegalArgumentException("names the node '" + node.id() + "' twice");
      }
      refuseRepeated(addresses, node.grpcAddress());
      refuseRepeated(addresses, node.raftAddress());
    }
  }

  private static void refuseRepeated(Set<String> addresses, String address) {
    if (!addresses.add(address)) {
      throw new IllegalArgumentException("uses the address " + address + " twice");
    }
  }
}
