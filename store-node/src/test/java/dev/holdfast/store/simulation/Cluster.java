package dev.holdfast.store.simulation;

import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.common.failpoint.FailPointException;
import dev.holdfast.store.transfers.CreditBatch;
import dev.holdfast.store.transfers.CreditSender;
import dev.holdfast.store.transfers.Crediting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Three nodes with two partitions, their clients, and everything that happens to them: one history.
 * One thread; all chance comes from the seed.
 */
final class Cluster {
  static final int PARTITIONS = 2;
  static final int GRID_MILLIS = 50;
  private static final int CLIENTS = 4;

  private final Chance chance;
  private final Timeline timeline;
  private final Temper temper;
  private final Strikes strikes;
  private final Network network;
  private final CommandMix mix;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<Witness> witnesses = new ArrayList<>();
  private final List<List<SimulatedReplica>> replicas = new ArrayList<>();
  private final List<RaftGroup> groups = new ArrayList<>();
  private final List<Client> clients = new ArrayList<>();
  private final List<Carried> carried = new ArrayList<>();
  private final long[] acknowledged = new long[PARTITIONS];
  private final ClockBound clockBound;
  private long passedMillis;
  private int marks;
  private long crashes;
  private long snapshotsInstalled;
  private long replicasStopped;
  private long transfers;
  private boolean healed;

  /**
   * @param disks where partition 0 keeps its state; null for memory
   */
  Cluster(long seed, Timeline timeline, @Nullable Path disks) {
    this.chance = new Chance(seed);
    this.timeline = timeline;
    this.temper = Temper.of(chance);
    this.strikes = new Strikes(seed, this);
    this.network = new Network(chance, temper.lossPercent());
    this.mix = new CommandMix(chance);
    for (int node = 0; node < RaftGroup.MEMBERS; node++) {
      nodes.add(new SimulatedNode(node, this));
    }
    this.clockBound = new ClockBound(nodes);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      addPartition(partition, partition == 0 ? disks : null);
    }
    for (int client = 0; client < CLIENTS; client++) {
      clients.add(new Client(client, this));
    }
  }

  private void addPartition(int partition, @Nullable Path disks) {
    Witness witness = new Witness(temper.eviction());
    witnesses.add(witness);
    List<SimulatedReplica> ofPartition = new ArrayList<>();
    List<RaftEntry> strays = new ArrayList<>();
    for (SimulatedNode node : nodes) {
      ReplicaState state =
          disks == null
              ? new MemoryReplicaState()
              : new RocksReplicaState(partition, disks.resolve(SimulatedNode.name(node.number)));
      SimulatedReplica replica =
          new SimulatedReplica(partition, node, this, witness, state, strays);
      replica.raft.busy(temper.busyPercent());
      ofPartition.add(replica);
    }
    replicas.add(ofPartition);
    List<RaftMember> members = ofPartition.stream().map(each -> each.raft).toList();
    groups.add(
        new RaftGroup(
            members,
            chance,
            new Surroundings(ofPartition),
            (index, entry) -> committed(partition, index, entry)));
  }

  private final class Surroundings implements RaftGroup.Surroundings {
    private final List<SimulatedReplica> ofPartition;

    Surroundings(List<SimulatedReplica> ofPartition) {
      this.ofPartition = ofPartition;
    }

    @Override
    public boolean areConnected(int node, int other) {
      return Cluster.this.areConnected(node, other) && isUp(node) && isUp(other);
    }

    @Override
    public boolean isUp(int node) {
      return nodes.get(node).isUp() && !ofPartition.get(node).isHalted();
    }

    @Override
    public boolean write(int node, FailPoint place) {
      SimulatedReplica replica = ofPartition.get(node);
      strikes.on(replica.node, () -> replica.writeLog(place));
      return isUp(node);
    }

    @Override
    public boolean install(int from, int to) {
      SimulatedReplica replica = ofPartition.get(to);
      if (!replica.canInstall()) {
        return false;
      }
      snapshotsInstalled++;
      note("node", to, "gets a snapshot of node", from);
      strikes.on(replica.node, () -> replica.install(ofPartition.get(from)));
      return isUp(to);
    }
  }

  private void committed(int partition, long index, RaftEntry entry) {
    Witness witness = witnesses.get(partition);
    note("partition", partition, "commits", index, "of term", entry.term());
    witness.committed(index, entry);
    clockBound.check(witness.state().logEnd().timeMillis(), passedMillis);
    if (groups.size() == PARTITIONS) {
      Laws.checkChannel(0, witnesses.get(0).state(), 1, witnesses.get(1).state());
      Laws.checkChannel(1, witnesses.get(1).state(), 0, witnesses.get(0).state());
    }
  }

  Chance chance() {
    return chance;
  }

  Temper temper() {
    return temper;
  }

  Network network() {
    return network;
  }

  CommandMix mix() {
    return mix;
  }

  Witness witness(int partition) {
    return witnesses.get(partition);
  }

  SimulatedNode node(int number) {
    return nodes.get(number);
  }

  List<SimulatedNode> nodes() {
    return nodes;
  }

  List<SimulatedReplica> replicas(int partition) {
    return replicas.get(partition);
  }

  RaftGroup group(int partition) {
    return groups.get(partition);
  }

  List<Client> clients() {
    return clients;
  }

  long passedMillis() {
    return passedMillis;
  }

  boolean isHealed() {
    return healed;
  }

  void note(Object... words) {
    timeline.note(words);
  }

  void struck(String what) {
    timeline.struck(what);
  }

  Strikes strikes() {
    return strikes;
  }

  /** What befell it, for a summary. */
  void addTo(Map<String, Long> outcomes) {
    outcomes.put("crashes", crashes);
    outcomes.put("snapshots installed", snapshotsInstalled);
    outcomes.put("simulated seconds", passedMillis / 1000);
    outcomes.put("replicas stopped", replicasStopped);
    outcomes.put("leadership transferred", transfers);
    strikes.addTo(outcomes);
    witnesses.forEach(witness -> witness.addTo(outcomes));
  }

  String nextMark() {
    marks++;
    return "s" + marks;
  }

  /** The last sequence of a partition that some caller was told of. */
  long acknowledged(int partition) {
    return acknowledged[partition];
  }

  void acknowledge(int partition, long sequence) {
    acknowledged[partition] = Math.max(acknowledged[partition], sequence);
  }

  boolean areConnected(int node, int other) {
    return nodes.get(node).isUp() && nodes.get(other).isUp() && !network.isCut(node, other);
  }

  /** Time passes, for each machine at its own pace. */
  void pass(long millis) {
    passedMillis += millis;
    nodes.forEach(node -> node.pass(millis));
    clockBound.look(passedMillis);
    for (Carried each : List.copyOf(carried)) {
      if (each.isOver(passedMillis)) {
        carried.remove(each);
      }
    }
  }

  /** Nearly always the leader: others refuse. */
  SimulatedReplica likelyLeader(int partition) {
    RaftMember leader = chance.percent(90) ? groups.get(partition).leader() : null;
    int node = leader == null ? chance.below(RaftGroup.MEMBERS) : leader.node;
    return replicas.get(partition).get(node);
  }

  /** Takes hand-overs to another partition: late, twice, or not at all. */
  void carry(int source, int destination, CreditBatch batch, CreditSender.Answer answer) {
    Carried once =
        new Carried(
            nodes.get(source), answer, passedMillis + chance.between(1, 40) * (long) GRID_MILLIS);
    carried.add(once);
    int to = likelyLeader(destination).node.number;
    for (int copies = chance.percent(15) ? 2 : 1; copies > 0; copies--) {
      if (!network.loses()) {
        network.send(() -> arrive(source, replicas.get(destination).get(to), batch, once));
      }
    }
  }

  private void arrive(int from, SimulatedReplica to, CreditBatch batch, Carried once) {
    if (areConnected(from, to.node.number)) {
      strikes.on(to.node, () -> credit(to, batch, new WayBack(once)));
    }
  }

  /** What fails on the way in, its caller is told by gRPC. */
  private static void credit(SimulatedReplica to, CreditBatch batch, WayBack back) {
    try {
      Crediting.start(batch, to::credit, back);
    } catch (FailPointException e) {
      back.broken();
    }
  }

  /** Its sender hears of it once, and in time, if only that nothing is known. */
  private final class Carried {
    private final SimulatedNode source;
    private final CreditSender.Answer answer;
    private final long deadline;
    private boolean told;

    Carried(SimulatedNode source, CreditSender.Answer answer, long deadline) {
      this.source = source;
      this.answer = answer;
      this.deadline = deadline;
    }

    boolean isOver(long nowMillis) {
      if (nowMillis > deadline) {
        failed("no answer in time");
      }
      return told;
    }

    void failed(String why) {
      tell(() -> answer.failed(why));
    }

    void answered(List<Boolean> credited) {
      tell(() -> answer.answered(credited));
    }

    private void tell(Runnable what) {
      if (!told) {
        told = true;
        if (source.isUp()) {
          strikes.on(source, what);
        }
      }
    }
  }

  private final class WayBack implements CreditSender.Answer {
    private final Carried once;

    WayBack(Carried once) {
      this.once = once;
    }

    @Override
    public void answered(List<Boolean> credited) {
      if (!network.loses()) {
        network.send(() -> once.answered(credited));
      }
    }

    @Override
    public void failed(String why) {
      throw new AssertionError("a credit always tells as far as it is known: " + why);
    }

    void broken() {
      if (!network.loses()) {
        network.send(() -> once.failed("the call broke"));
      }
    }
  }

  void crash(int node) {
    note("node", node, "crashes");
    die(nodes.get(node), "once");
    bury(node);
  }

  /** From this moment on its process does nothing more; what is to be thrown in its thread. */
  Strikes.Crash die(SimulatedNode node, String where) {
    node.die();
    replicas.forEach(ofPartition -> ofPartition.get(node.number).die());
    return new Strikes.Crash(where);
  }

  /** The process is gone: its disks are as it left them. */
  void bury(int node) {
    crashes++;
    replicas.forEach(ofPartition -> ofPartition.get(node).crash());
    nodes.get(node).buried();
  }

  void restart(int node) {
    note("node", node, "starts again");
    nodes.get(node).restart();
    strikes.on(
        nodes.get(node), () -> replicas.forEach(ofPartition -> ofPartition.get(node).restart()));
  }

  /** What an operator does with a node on which something stopped. */
  void mend(int node) {
    if (hasStopped(node)) {
      replicas.forEach(ofPartition -> ofPartition.get(node).mustHaveAnsweredIfHalted());
      crash(node);
    }
    if (!nodes.get(node).isUp()) {
      restart(node);
    }
  }

  private boolean hasStopped(int node) {
    return replicas.stream().anyMatch(ofPartition -> ofPartition.get(node).isStopped());
  }

  boolean hasStopped() {
    return nodes.stream().anyMatch(node -> hasStopped(node.number));
  }

  /** Nobody waits for a replica that stopped, where Raft goes on: a restart must excuse nothing. */
  void stoppedMustHaveAnswered() {
    for (List<SimulatedReplica> ofPartition : replicas) {
      long alive = ofPartition.stream().filter(replica -> !replica.isHalted()).count();
      if (alive > RaftGroup.MEMBERS / 2) {
        ofPartition.stream()
            .filter(SimulatedReplica::isStopped)
            .forEach(SimulatedReplica::mustHaveAnswered);
      }
    }
  }

  void stopped() {
    replicasStopped++;
  }

  /** Raft hands leadership over, if the other has all that the leader has. */
  boolean transfer(int partition, int from, int to) {
    RaftGroup group = groups.get(partition);
    boolean done = group.transfer(from, to);
    if (done) {
      transfers++;
      note("partition", partition, "is handed from node", from, "to node", to);
    }
    return done;
  }

  /** No more faults; what stopped has not been mended yet. */
  void calm() {
    healed = true;
    strikes.activate(false);
    network.heal();
    for (SimulatedNode node : nodes) {
      node.fillDisk(false);
      if (!node.isUp()) {
        restart(node.number);
      }
    }
    replicas.forEach(ofPartition -> ofPartition.forEach(each -> each.raft.busy(0)));
  }

  void mend() {
    nodes.forEach(node -> mend(node.number));
  }

  void close() {
    replicas.forEach(ofPartition -> ofPartition.forEach(SimulatedReplica::close));
  }
}
