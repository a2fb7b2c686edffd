package dev.holdfast.store.membership;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides who founds a cluster, and on which disks. One node, the first, decides, so that there is
 * one record; the others take it from any node that has it. A node whose disk is not in the record
 * is not a founder, whatever its configuration says: it lost the disk that was.
 */
final class Founding {
  private final String self;
  private final String disk;
  private final boolean bootstraps;
  private final List<String> nodes;

  /**
   * @param nodes all of the cluster, in their order
   */
  Founding(String self, String disk, boolean bootstraps, List<String> nodes) {
    this.self = self;
    this.disk = disk;
    this.bootstraps = bootstraps;
    this.nodes = List.copyOf(nodes);
  }

  /** The record to take part by; null while there is none. */
  @Nullable Map<String, String> record(List<Introduction> peers) {
    List<Map<String, String>> records =
        peers.stream()
            .filter(Introduction::isFounded)
            .map(Introduction::founders)
            .distinct()
            .toList();
    if (records.isEmpty()) {
      return mayDecide(peers) ? founders(peers) : null;
    }
    return records.size() == 1 ? records.get(0) : null; // founded twice: an operator must choose
  }

  private boolean mayDecide(List<Introduction> peers) {
    return bootstraps
        && self.equals(nodes.get(0))
        && peers.size() == nodes.size() - 1
        && peers.stream().allMatch(Introduction::bootstraps);
  }

  private Map<String, String> founders(List<Introduction> peers) {
    Map<String, String> founders = new HashMap<>();
    founders.put(self, disk);
    peers.forEach(peer -> founders.put(peer.nodeId(), peer.disk()));
    return founders;
  }

  /** The reason why a node without a record waits. */
  String missing(List<Introduction> peers) {
    if (peers.stream().anyMatch(Introduction::isFounded)) {
      return "nodes of two clusters answer, founded one after the other; keep all, run one of them";
    }
    List<String> answering = peers.stream().map(Introduction::nodeId).toList();
    List<String> silent =
        nodes.stream().filter(node -> !node.equals(self) && !answering.contains(node)).toList();
    if (!silent.isEmpty()) {
      return "no node that answers has data; waits for " + String.join(", ", silent);
    }
    return bootstraps
        ? "no node has data; waits for "
            + nodes.get(0)
            + " to found the cluster, and for all nodes"
            + " to have holdfast.cluster.bootstrap=true"
        : "no node has data; set holdfast.cluster.bootstrap=true on all nodes to found a cluster";
  }
}
