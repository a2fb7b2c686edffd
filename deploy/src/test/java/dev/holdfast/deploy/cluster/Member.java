package dev.holdfast.deploy.cluster;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Who a container is in the cluster.
 *
 * @param id of the node
 * @param program the image's first argument
 * @param place makes the ports, as in scripts/cluster, and the last part of the peer address
 */
public record Member(String id, String program, int place) {
  public static Member storeNode(String id, int place) {
    return new Member(id, "store-node", place);
  }

  /** The first one is just {@code aggregator}. */
  public static Member aggregator(int number) {
    String id = number == 1 ? "aggregator" : "aggregator-" + number;
    return new Member(id, "aggregator-node", 10 + number);
  }

  public boolean isStore() {
    return program.equals("store-node");
  }

  public int grpcPort() {
    return 7100 + place;
  }

  public int raftPort() {
    return 7200 + place;
  }

  public int httpPort() {
    return 7300 + place;
  }

  public String peerAddress(PeerNetwork peers) {
    return peers.address(10 + place);
  }

  /** Where containers on the peer network reach its gRPC. */
  public String grpcAddress(PeerNetwork peers) {
    return peerAddress(peers) + ":" + grpcPort();
  }

  /** What holdfast.cluster.nodes says about this one. */
  public String clusterEntry(PeerNetwork peers) {
    String host = peerAddress(peers);
    return "%s=%s:%d/%s:%d".formatted(id, host, grpcPort(), host, raftPort());
  }

  public static String clusterNodes(Collection<Member> stores, PeerNetwork peers) {
    return stores.stream()
        .map(member -> member.clusterEntry(peers))
        .collect(Collectors.joining(","));
  }
}
