package dev.holdfast.store.timers;

import dev.holdfast.store.peers.ClockWatch;
import dev.holdfast.store.peers.PeerWatch;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands leadership of a partition back to its preferred node, once that has been alive for a while
 * and has nearly everything applied; until then a transfer would only stop writes. JRaft never does
 * this by itself. A node whose clock is off does not lead and is given no leadership. Nor does a
 * replica lead that stopped deciding while its Raft goes on: its peers would wait for it for ever.
 * Runs once a second on one thread.
 */
public final class LeadershipBalancer implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(LeadershipBalancer.class);
  private static final int ALIVE_RUNS = 3;
  private static final int PAUSE_RUNS = 10;
  private static final long LAG_MAX = 100;

  private final LedPartition partition;
  private final Members members;
  private final PeerWatch peers;
  private final ClockWatch clocks;
  private int aliveRuns;
  private int pause;
  private boolean toldAlone;

  /**
   * Who may lead a partition.
   *
   * @param preferred leads when all are healthy
   */
  public record Members(String self, String preferred, List<String> all) {}

  public LeadershipBalancer(
      LedPartition partition, Members members, PeerWatch peers, ClockWatch clocks) {
    this.partition = partition;
    this.members = members;
    this.peers = peers;
    this.clocks = clocks;
  }

  @Override
  public void run() {
    if (partition.isStopped()) {
      partition.transferToAny();
    } else if (!partition.isLeader()) {
      aliveRuns = 0;
    } else if (clocks.isOff()) {
      aliveRuns = 0;
      giveAway();
    } else {
      giveBack();
    }
  }

  /** Repeated at every run until it works. */
  private void giveAway() {
    members.all().stream()
        .filter(node -> !node.equals(members.self()) && canLead(node))
        .max(Comparator.comparingLong(node -> appliedIndex(node).orElse(0)))
        .ifPresentOrElse(
            node -> transfer(node, "is given away, since this node's clock is off:"),
            this::leadAlone);
  }

  private void leadAlone() {
    if (!toldAlone) {
      toldAlone = true;
      LOG.warn(
          "partition {}: nobody else can lead; this node does, though its clock is off",
          partition.number());
    }
  }

  private void giveBack() {
    if (members.preferred().equals(members.self()) || !canLead(members.preferred())) {
      aliveRuns = 0;
    } else if (pause > 0) {
      pause--;
    } else if (++aliveRuns >= ALIVE_RUNS) {
      aliveRuns = 0;
      pause = PAUSE_RUNS;
      OptionalLong applied = appliedIndex(members.preferred());
      if (applied.isPresent() && partition.lastLogIndex() - applied.getAsLong() <= LAG_MAX) {
        transfer(members.preferred(), "goes back to its preferred node");
      }
    }
  }

  private boolean canLead(String node) {
    return partition.isAlive(node) && !clocks.isOff(node);
  }

  /** The applied index of a node's replica; empty when that stopped or the node does not answer. */
  private OptionalLong appliedIndex(String node) {
    return peers
        .fresh(node)
        .flatMap(peer -> peer.healthyReplica(partition.number()))
        .map(replica -> OptionalLong.of(replica.getAppliedIndex()))
        .orElse(OptionalLong.empty());
  }

  private void transfer(String node, String why) {
    toldAlone = false;
    boolean started = partition.transferTo(node);
    LOG.info(
        "partition {}: leadership {} {}{}",
        partition.number(),
        why,
        node,
        started ? "" : ", but Raft does not want to now");
  }
}
