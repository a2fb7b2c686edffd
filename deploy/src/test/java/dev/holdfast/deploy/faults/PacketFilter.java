package dev.holdfast.deploy.faults;

import dev.holdfast.deploy.cluster.NodeContainer;

/** Rules for the packets between nodes, by iptables in a node's network namespace. */
final class PacketFilter {
  private PacketFilter() {}

  /** Loses what a node's peers send to it. */
  static void dropIncoming(NodeContainer node) {
    rule(node, "-A INPUT -s " + node.peerSubnet() + " -j DROP");
  }

  /** Loses what a node sends to its peers. */
  static void dropOutgoing(NodeContainer node) {
    rule(node, "-A OUTPUT -d " + node.peerSubnet() + " -j DROP");
  }

  /** Loses what two nodes send to each other. */
  static void dropBetween(NodeContainer one, NodeContainer other) {
    rule(one, "-A INPUT -s " + other.peerHost() + " -j DROP");
    rule(one, "-A OUTPUT -d " + other.peerHost() + " -j DROP");
  }

  /** Loses so many percent of what a node gets from its peers. */
  static void lose(NodeContainer node, int percent) {
    rule(
        node,
        "-A INPUT -s %s -m statistic --mode random --probability %.2f -j DROP"
            .formatted(node.peerSubnet(), percent / 100.0));
  }

  static void clear(NodeContainer node) {
    if (node.isRunning() && !node.isPaused()) {
      rule(node, "-F");
    }
  }

  private static void rule(NodeContainer node, String rule) {
    node.rootShell("iptables -w " + rule).outOrFail();
  }
}
