package dev.holdfast.store.simulation;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.TermsCommand;
import dev.holdfast.common.failpoint.FailPoints;
import dev.holdfast.store.testing.MemoryReplica;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The history of a seed: so many random steps, then everything is mended, settles, and is judged.
 */
final class History {
  static final int STEPS = 250;
  private static final int SETTLE_ROUNDS_MAX = 600;

  /** By then Raft has told what it knows, if it goes on. */
  private static final int STOPPED_ROUNDS = 60;

  /**
   * Answers of followers that a leader gets late or never: it does not know then what they have.
   */
  private static final int ANSWERS_LOST_PERCENT = 35;

  private static final long LATER_MILLIS = 30_000;

  /** It takes its time. */
  private static final int BALANCED_PERCENT = 10;

  private final Cluster cluster;
  private final Chance chance;
  private final Timeline timeline;
  private int step;

  private History(long seed, Timeline timeline, @Nullable Path disks) {
    this.cluster = new Cluster(seed, timeline, disks);
    this.chance = cluster.chance();
    this.timeline = timeline;
    cluster.strikes().meanwhile(this::meanwhile);
  }

  /** Runs some steps of a history, all of them or fewer, and judges what came of them. */
  static Map<String, Long> run(long seed, int steps, Timeline timeline, @Nullable Path disks) {
    History history = new History(seed, timeline, disks);
    Map<String, Long> outcomes = new TreeMap<>();
    try {
      FailPoints.scripted(history.cluster.strikes(), () -> outcomes.putAll(history.run(steps)));
      return outcomes;
    } finally {
      history.cluster.close();
    }
  }

  /** A thread of some process is held, for long or not: time passes, and everybody else goes on. */
  private void meanwhile() {
    cluster.pass(chance.between(0, 40) * (long) Cluster.GRID_MILLIS);
    int partition = chance.below(Cluster.PARTITIONS);
    RaftGroup group = cluster.group(partition);
    if (chance.percent(40)) {
      elect(partition, group);
    }
    for (int rounds = chance.below(4); rounds > 0; rounds--) {
      flow(partition, group);
    }
  }

  private Map<String, Long> run(int steps) {
    open();
    cluster.strikes().activate(true);
    while (step < steps) {
      step++;
      timeline.at(step, cluster.passedMillis());
      step();
    }
    cluster.note("faults end");
    cluster.calm();
    settleStopped();
    cluster.note("everything is mended");
    cluster.mend();
    settle();
    judge();
    Damage.check(cluster);
    Map<String, Long> outcomes = new TreeMap<>();
    cluster.addTo(outcomes);
    return outcomes;
  }

  private void open() {
    settle();
    for (int partition = 0; partition < Cluster.PARTITIONS; partition++) {
      cluster.clients().get(partition).ask(partition, CommandMix.opening(partition));
    }
    settle();
  }

  private void step() {
    if (chance.percent(40)) {
      cluster.pass(chance.between(0, 6) * (long) Cluster.GRID_MILLIS);
    }
    int partition = chance.below(Cluster.PARTITIONS);
    SimulatedReplica replica = chance.of(cluster.replicas(partition));
    RaftGroup group = cluster.group(partition);
    int dice = chance.below(100);
    if (dice < 20) {
      chance.of(cluster.clients()).step(true);
    } else if (dice < 30) {
      cluster.network().deliver();
    } else if (dice < 60) {
      flow(partition, group);
    } else if (dice < 67) {
      turn(leaderOr(group, replica));
    } else if (dice < 76) {
      replicate(partition, group);
    } else if (dice < 85) {
      hand(chance.percent(50) ? leaderOr(group, replica) : replica);
    } else if (dice < 90) {
      ifUp(replica, SimulatedReplica::runTimers);
    } else if (dice < 92) {
      ifUp(replica, each -> each.raft.tellUntold());
    } else if (dice < 94) {
      ifUp(replica, SimulatedReplica::flush);
    } else if (dice < 97) {
      cluster.nodes().stream().filter(SimulatedNode::isUp).forEach(SimulatedNode::watch);
    } else {
      fault(partition, group);
    }
  }

  /** Everything goes its usual way for a moment. */
  private void flow(int partition, RaftGroup group) {
    for (int messages = chance.below(5); messages > 0; messages--) {
      cluster.network().deliver();
    }
    for (SimulatedReplica replica : cluster.replicas(partition)) {
      turn(replica);
    }
    replicate(partition, group);
    replicate(partition, group);
    for (SimulatedReplica replica : cluster.replicas(partition)) {
      if (chance.percent(70)) {
        hand(replica);
      }
    }
    if (chance.percent(30)) {
      cluster.replicas(partition).forEach(each -> ifUp(each, SimulatedReplica::runTimers));
    }
  }

  private SimulatedReplica leaderOr(RaftGroup group, SimulatedReplica other) {
    RaftMember leader = group.leader();
    return leader == null || chance.percent(20)
        ? other
        : cluster.replicas(other.partition).get(leader.node);
  }

  private void ifUp(SimulatedReplica replica, Consumer<SimulatedReplica> what) {
    if (replica.node.isUp()) {
      cluster.strikes().on(replica.node, () -> what.accept(replica));
    }
  }

  private void turn(SimulatedReplica replica) {
    ifUp(replica, SimulatedReplica::turn);
  }

  /** Often several things at once: a leader that falls and rises again may never hear of it. */
  private void hand(SimulatedReplica replica) {
    ifUp(
        replica,
        each -> {
          boolean more = each.raft.hand();
          while (more && chance.percent(60)) {
            more = each.raft.hand();
          }
        });
  }

  /** Each leader, a deposed one too, talks to a follower. */
  private void replicate(int partition, RaftGroup group) {
    if (!group.isLed()) {
      elect(partition, group);
    }
    for (RaftMember leader : group.leaders()) {
      RaftMember follower = chance.of(group.others(leader));
      group.replicate(
          leader, follower, !cluster.isHealed() && chance.percent(ANSWERS_LOST_PERCENT));
      leader.sync();
      group.advance(leader);
    }
  }

  private void elect(int partition, RaftGroup group) {
    int node = chance.below(RaftGroup.MEMBERS);
    if (group.elect(node)) {
      cluster.note("partition", partition, "elects node", node);
    }
  }

  private void fault(int partition, RaftGroup group) {
    if (!chance.percent(cluster.temper().storm())) {
      return;
    }
    int node = chance.below(RaftGroup.MEMBERS);
    switch (chance.below(9)) {
      case 0, 1 -> {
        if (cluster.node(node).isUp()) {
          cluster.crash(node);
        } else {
          cluster.restart(node);
        }
      }
      case 2 -> cluster.mend(node);
      case 3 -> elect(partition, group);
      case 4 -> { // and perhaps back at once
        elect(partition, group);
        elect(partition, group);
      }
      case 5 -> {
        int other = (node + 1) % RaftGroup.MEMBERS;
        boolean isCut = !cluster.network().isCut(node, other);
        cluster.note("nodes", node, "and", other, "are", isCut ? "cut" : "connected");
        cluster.network().cut(node, other, isCut);
      }
      case 6 -> clockFault(cluster.node(node));
      case 7 -> {
        boolean full = !cluster.node(node).isDiskFull();
        cluster.note("the disk of node", node, full ? "is full" : "has room");
        cluster.node(node).fillDisk(full);
      }
      default -> {
        cluster.note("partition", partition, "gets a stray batch");
        group.leaders().forEach(RaftMember::appendStray);
      }
    }
  }

  private void clockFault(SimulatedNode node) {
    int kind = chance.below(4);
    long within = ClockBound.RIGHT_MILLIS / Cluster.GRID_MILLIS / 2;
    switch (kind) {
      case 0 -> step(node, (chance.below((int) within * 2) - within) * Cluster.GRID_MILLIS);
      case 1 -> step(node, (chance.below(60_000) - 30_000L) * Cluster.GRID_MILLIS);
      case 2 -> node.drift(chance.below(3) - 1);
      default -> node.drift((chance.below(3) - 1) * 20);
    }
  }

  private void step(SimulatedNode node, long millis) {
    cluster.note("the clock of node", node.number, "is set by", millis, "ms");
    node.step(millis);
  }

  /** Everything that is under way comes to its end, or this never ends. */
  private void settle() {
    for (int round = 0; round < SETTLE_ROUNDS_MAX; round++) {
      if (isSettled()) {
        return;
      }
      round();
    }
    throw new AssertionError("this does not come to rest: " + unrest());
  }

  /** A replica that stopped answers what it took, before anybody restarts it. */
  private void settleStopped() {
    for (int round = 0; cluster.hasStopped() && round < STOPPED_ROUNDS; round++) {
      round();
    }
    cluster.stoppedMustHaveAnswered();
  }

  private void round() {
    cluster.pass(2 * Cluster.GRID_MILLIS);
    timeline.at(step, cluster.passedMillis());
    cluster.nodes().forEach(SimulatedNode::watch);
    for (int partition = 0; partition < Cluster.PARTITIONS; partition++) {
      RaftGroup group = cluster.group(partition);
      replicate(partition, group);
      for (SimulatedReplica replica : cluster.replicas(partition)) {
        replica.raft.tellUntold();
        hand(replica);
        turn(replica);
        ifUp(replica, SimulatedReplica::runTimers);
        hand(replica);
      }
    }
    for (int i = 0; i < 6; i++) {
      cluster.network().deliver();
    }
    cluster.clients().forEach(client -> client.step(false));
  }

  private boolean isSettled() {
    return unrest().isEmpty();
  }

  /** What keeps a history from its end; empty when nothing does. */
  private String unrest() {
    if (!cluster.network().isEmpty()) {
      return "messages are on their way";
    }
    if (!cluster.clients().stream().allMatch(Client::isIdle)) {
      return "a client waits";
    }
    for (int partition = 0; partition < Cluster.PARTITIONS; partition++) {
      Witness witness = cluster.witness(partition);
      for (Attempt attempt : witness.attempts()) {
        if (attempt.isOpen()) {
          return "in partition " + partition + " this has no answer: " + attempt.request();
        }
      }
      if (cluster.replicas(partition).stream().noneMatch(SimulatedReplica::isLeading)) {
        return "nobody leads partition " + partition;
      }
      if (!cluster.replicas(partition).stream().allMatch(SimulatedReplica::isLevel)) {
        return "a replica of partition " + partition + " lags behind";
      }
      if (!witness.state().transfers().allHandovers().isEmpty()) {
        return "hand-overs of partition " + partition + " are not settled";
      }
    }
    return "";
  }

  private void judge() {
    judgeReplicas();
    for (int partition = 0; partition < Cluster.PARTITIONS; partition++) {
      cluster.clients().get(partition).ask(partition, List.of(probe(partition)));
    }
    settle();
    cluster.pass(LATER_MILLIS);
    cluster.nodes().forEach(SimulatedNode::watch);
    cluster.pass(LATER_MILLIS);
    settle();
    settleExpiries();
    judgeReplicas();
    if (chance.percent(BALANCED_PERCENT)) {
      settleLeadership();
    }
    Laws.checkSettledChannel(0, state(0), 1, state(1));
    Laws.checkSettledChannel(1, state(1), 0, state(0));
  }

  /** A cluster that was mended takes commands again. */
  private static Command probe(int partition) {
    String store = CommandMix.STORES.get(partition).get(0);
    return new TermsCommand.SetStoreFrozen(store, false);
  }

  /** No reservation outlives its time. */
  private void settleExpiries() {
    for (int round = 0; round < SETTLE_ROUNDS_MAX; round++) {
      if (state(0).digest().reserved() == 0 && state(1).digest().reserved() == 0) {
        settle();
        return;
      }
      round();
    }
    throw new AssertionError("reservations outlive their time");
  }

  /** Each partition is led by its preferred node again, unless that one's clock is off. */
  private void settleLeadership() {
    for (int round = 0; round < SETTLE_ROUNDS_MAX; round++) {
      boolean settled = true;
      for (int partition = 0; partition < Cluster.PARTITIONS; partition++) {
        SimulatedReplica any = cluster.replicas(partition).get(0);
        SimulatedReplica preferred = cluster.replicas(partition).get(any.preferredLeader());
        settled &= preferred.isLeading() || preferred.node.clocks().isOff();
      }
      if (settled) {
        settle();
        return;
      }
      round();
    }
    throw new AssertionError("leadership does not go back to its preferred node");
  }

  private MemoryReplica state(int partition) {
    return cluster.witness(partition).state();
  }

  private void judgeReplicas() {
    for (int partition = 0; partition < Cluster.PARTITIONS; partition++) {
      cluster.witness(partition).checkState();
      for (SimulatedReplica replica : cluster.replicas(partition)) {
        if (!replica.checkWhenLevel()) {
          throw new AssertionError("a replica lags behind");
        }
      }
    }
  }
}
