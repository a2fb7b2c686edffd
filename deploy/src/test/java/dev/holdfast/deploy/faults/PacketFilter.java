package dev.holdfast.deploy.faults;

import dev.holdfast.deploy.cluster.Finished;
import dev.holdfast.deploy.cluster.NodeContainer;

/** Rules for the packets between nodes, by iptables in a node's network namespace. */
final class PacketFilter {
  private static final int CLEAR_TRIES = 10;

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

  /** A node that ended, or ends meanwhile, begins anew without rules. */
  static void clear(NodeContainer node) {
    for (int tries = 1; node.isRunning() && !node.isPaused(); tries++) {
      Finished cleared = node.rootShell("iptables -w -F");
      if (cleared.exitCode() == 0) {
        return;
      }
      if (tries == CLEAR_TRIES) {
        cleared.outOrFail();
      }
    }
  }

  private static void rule(NodeContainer node, String rule) {
    node.rootShell("iptables -w " + rule).outOrFail();
  }
}
