package dev.holdfast.store.raft;

import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.entity.PeerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a cluster as peers of Raft: an address and an incarnation, which JRaft calls idx.
 */
final class Members {
  private final List<RaftSettings.Member> nodes;

  Members(List<RaftSettings.Member> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  PeerId peer(String nodeId, int incarnation) {
    for (RaftSettings.Member node : nodes) {
      if (node.nodeId().equals(nodeId)) {
        PeerId address = PeerId.parsePeer(node.raftAddress());
        return new PeerId(address.getIp(), address.getPort(), incarnation);
      }
    }
    throw new IllegalArgumentException(nodeId + " is no member of the cluster");
  }

  /** The members that a new cluster begins with. */
  Configuration founders() {
    Configuration founders = new Configuration();
    nodes.forEach(node -> founders.addPeer(peer(node.nodeId(), Standing.FOUNDER)));
    return founders;
  }

  @Nullable String nodeOf(PeerId peer) {
    return nodes.stream()
        .map(RaftSettings.Member::nodeId)
        .filter(node -> peer(node, peer.getIdx()).equals(peer))
        .findFirst()
        .orElse(null);
  }

  boolean isOf(PeerId peer, String nodeId) {
    return nodeId.equals(nodeOf(peer));
  }
}
