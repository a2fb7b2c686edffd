package dev.holdfast.deploy;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Who a container is in the cluster.
 *
 * @param id of the node
 * @param program the image's first argument
 * @param place makes the ports, as in scripts/cluster, and the last part of the peer address
 */
record Member(String id, String program, int place) {
  static Member storeNode(String id, int place) {
    return new Member(id, "store-node", place);
  }

  int grpcPort() {
    return 7100 + place;
  }

  int raftPort() {
    return 7200 + place;
  }

  int httpPort() {
    return 7300 + place;
  }

  String peerAddress(PeerNetwork peers) {
    return peers.address(10 + place);
  }

  /** Where containers on the peer network reach its gRPC. */
  String grpcAddress(PeerNetwork peers) {
    return peerAddress(peers) + ":" + grpcPort();
  }

  /** What holdfast.cluster.nodes says about this one. */
  String clusterEntry(PeerNetwork peers) {
    String host = peerAddress(peers);
    return "%s=%s:%d/%s:%d".formatted(id, host, grpcPort(), host, raftPort());
  }

  static String clusterNodes(Collection<Member> stores, PeerNetwork peers) {
    return stores.stream()
        .map(member -> member.clusterEntry(peers))
        .collect(Collectors.joining(","));
  }
}
