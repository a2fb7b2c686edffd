package dev.holdfast.deploy.faults;

import dev.holdfast.deploy.cluster.NodeContainer;
import java.util.List;
import java.util.function.Consumer;

/** Packets that do not arrive. */
final class NetworkFaults {
  private static final int LOSS_PERCENT = 25;

  private NetworkFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault(
            "cut-node",
            "a node is cut off from its peers; callers still reach it",
            20,
            cut(Victims.ONE)),
        new Fault("cut-leader", "the same with a leader", 20, cut(Victims.LEADER)),
        new Fault(
                "cut-leader-with-callers",
                "a leader is cut off from its peers, together with all callers",
                30,
                cut(Victims.CHOSEN))
            .withCallersOfChosen(),
        new Fault(
            "cut-pair",
            "a leader and one of its followers do not hear each other",
            20,
            NetworkFaults::cutPair),
        new Fault(
            "deaf-leader",
            "a leader hears no peer, but they hear it",
            20,
            filtered(Victims.LEADER, PacketFilter::dropIncoming)),
        new Fault(
            "mute-leader",
            "no peer hears a leader, but it hears them",
            20,
            filtered(Victims.LEADER, PacketFilter::dropOutgoing)),
        new Fault(
            "lossy-node",
            "a node loses " + LOSS_PERCENT + " % of the packets of its peers",
            30,
            filtered(Victims.ONE, node -> PacketFilter.lose(node, LOSS_PERCENT))),
        new Fault(
            "lossy-network",
            "all nodes lose " + LOSS_PERCENT + " % of the packets of their peers",
            40,
            filtered(Victims.ALL, node -> PacketFilter.lose(node, LOSS_PERCENT))));
  }

  private static Blow cut(Victims victims) {
    return Blow.on(victims, NodeActions::cutOff, NodeActions::attach);
  }

  private static Blow filtered(Victims victims, Consumer<NodeContainer> rules) {
    return Blow.on(victims, rules, PacketFilter::clear);
  }

  private static Blow.Healing cutPair(Site site) {
    NodeContainer leader = site.leader(site.partition());
    NodeContainer follower = site.otherThan(leader);
    site.tell(List.of(leader, follower));
    PacketFilter.dropBetween(leader, follower);
    return () -> {
      PacketFilter.clear(leader);
      PacketFilter.clear(follower);
    };
  }
}
