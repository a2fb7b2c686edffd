package dev.holdfast.deploy.faults;

import dev.holdfast.deploy.cluster.NodeContainer;
import java.util.List;

/** Processes that end, stand still or restart. */
final class NodeFaults {
  private NodeFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault("kill-leader", "kill -9 of the leader of a partition", 20, kill(Victims.LEADER)),
        new Fault("kill-follower", "kill -9 of a follower", 20, kill(Victims.FOLLOWER)),
        new Fault("kill-two", "kill -9 of two of three nodes", 40, kill(Victims.TWO)),
        new Fault("kill-all", "kill -9 of all nodes at once", 40, kill(Victims.ALL)),
        new Fault(
            "pause-leader", "freezes a leader, which then goes on", 20, pause(Victims.LEADER)),
        new Fault("pause-follower", "freezes a follower", 20, pause(Victims.FOLLOWER)),
        new Fault("pause-two", "freezes two of three nodes", 40, pause(Victims.TWO)),
        new Fault(
            "sigstop-leader",
            "SIGSTOP to a leader's process, then SIGCONT",
            20,
            Blow.on(Victims.LEADER, NodeActions::stopSignal, NodeActions::continueSignal)),
        new Fault(
            "restart-all",
            "SIGTERM to all nodes at once, and their start",
            60,
            Blow.on(Victims.ALL, NodeActions::terminateSoon, NodeActions::restart)),
        new Fault(
            "rolling-restart",
            "restarts all nodes in order, one after the other is ready again",
            20,
            NodeFaults::restartInTurn));
  }

  private static Blow kill(Victims victims) {
    return Blow.on(victims, NodeActions::kill, NodeActions::start);
  }

  private static Blow pause(Victims victims) {
    return Blow.on(victims, NodeActions::pause, NodeActions::unpause);
  }

  private static Blow.Healing restartInTurn(Site site) {
    for (NodeContainer node : site.cluster().stores()) {
      NodeActions.restart(node);
      site.cluster().eventually(node.id() + " to be ready", node::isReady);
    }
    return () -> {};
  }
}
