package dev.holdfast.store.simulation;

import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.common.failpoint.FailPointException;
import dev.holdfast.common.status.Reason;
import dev.holdfast.proto.cluster.v1.ReplicaStatus;
import dev.holdfast.store.clock.LogClock;
import dev.holdfast.store.clock.LogTime;
import dev.holdfast.store.commit.AppliedView;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.commit.SteppedLoop;
import dev.holdfast.store.timers.DigestTimer;
import dev.holdfast.store.timers.LeadershipBalancer;
import dev.holdfast.store.timers.LedPartition;
import dev.holdfast.store.timers.RoomTimer;
import dev.holdfast.store.timers.SnapshotTrigger;
import dev.holdfast.store.transfers.SteppedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A partition's replica on a node: what {@code PartitionReplica} and its timers wire. */
final class SimulatedReplica implements RaftMember.Machine {
  private static final int CHECK_EVERY = 16;
  private static final int FLUSHED_PERCENT = 30;

  /** The reads of a deciding thread between two of which the applying one gets on. */
  private static final int READS_UNDISTURBED = 32;

  final int partition;
  final SimulatedNode node;
  final RaftMember raft;
  private final Cluster cluster;
  private final Witness witness;
  private final ReplicaState state;
  private final List<Attempt> open = new ArrayList<>();
  private @Nullable Snapshot snapshot;
  private @Nullable String fault;
  private boolean snapshotting;
  private boolean turning;
  private boolean timing;
  private long appliedIndex;
  private int applies;
  private Life life;

  SimulatedReplica(
      int partition,
      SimulatedNode node,
      Cluster cluster,
      Witness witness,
      ReplicaState state,
      List<RaftEntry> strays) {
    this.partition = partition;
    this.node = node;
    this.cluster = cluster;
    this.witness = witness;
    this.state = state;
    this.raft = new RaftMember(node.number, cluster.chance(), this, strays);
    this.life = new Life();
  }

  /** The newest that is on the disk: of the own state, or copied from another replica. */
  private record Snapshot(Object content, long index, long term) {}

  /** One run of the process: nothing of it outlives its crash. */
  private final class Life {
    final AppliedView applied = new InterleavedView(state::view, this::interleave);
    final LogClock clock = node.openClock(state.view().logEnd().timeMillis());
    final SteppedLoop loop;
    final DigestTimer digests;
    final Runnable expiry;
    final SteppedChannel channel;
    final Runnable eviction;
    final SnapshotTrigger snapshots;
    final LeadershipBalancer balancer;
    final RoomTimer rooms;
    @Nullable String noRoom;
    long snapshotSequence;
    long leaderTerm;

    Life() {
      LogTime racing =
          () -> {
            interleave();
            return clock.millis();
          };
      this.loop = new SteppedLoop(partition, cluster.temper().limits(), applied, raft, racing);
      this.digests =
          new DigestTimer(
              applied,
              this::isLeading,
              command -> ofSystem(List.of(command)),
              cluster.temper().digestQuiet(),
              node::nanos);
      this.expiry = state.expiry(() -> isLeading() ? leaderTerm : 0, this::ofSystem, clock);
      this.eviction =
          state.eviction(
              this::isLeading,
              command -> ofSystem(List.of(command)),
              clock,
              cluster.temper().eviction());
      this.snapshots =
          new SnapshotTrigger(
              () -> state.view().logEnd().sequence(),
              () -> snapshotSequence,
              SimulatedReplica.this::takeSnapshot,
              cluster.temper().snapshots(),
              node::nanos);
      List<String> all =
          IntStream.range(0, RaftGroup.MEMBERS).mapToObj(SimulatedNode::name).toList();
      String self = SimulatedNode.name(node.number);
      LedPartition led = new Led();
      this.balancer =
          new LeadershipBalancer(
              led,
              new LeadershipBalancer.Members(self, all.get(preferredLeader()), all),
              node.peers(),
              node.clocks());
      List<String> others = all.stream().filter(each -> !each.equals(self)).toList();
      this.rooms = new RoomTimer(led, others, node.peers(), why -> noRoom = why);
      int other = 1 - partition;
      this.channel =
          new SteppedChannel(
              partition,
              other,
              this::isLeading,
              () -> state.view().transfers(),
              this::ofSystem,
              (destination, batch, answer) ->
                  cluster.carry(node.number, destination, batch, answer));
    }

    /** Now and then the applying thread is faster than the deciding one's next look. */
    private void interleave() {
      if (cluster.chance().below(READS_UNDISTURBED) == 0) {
        raft.hand();
      }
    }

    boolean isLeading() {
      return this == life && loop.isLeading() && clock.isSettled();
    }

    /** The leader's own commands get a mark of their own, to tell them apart. */
    private void ofSystem(List<QueuedCommand> commands) {
      if (this == life && node.isUp()) {
        submit(commands.stream().map(this::marked).toList());
      }
    }

    private QueuedCommand marked(QueuedCommand command) {
      String mark = cluster.nextMark();
      CommandRequest marked =
          new CommandRequest(
              command.request().command(),
              new Origin(mark, Origin.SYSTEM.principal()),
              mark,
              "",
              0,
              List.of());
      return new QueuedCommand(marked, command.reply(), command.index());
    }
  }

  /** What the leader's timers see of Raft, and do with it. */
  private final class Led implements LedPartition {
    @Override
    public int number() {
      return partition;
    }

    @Override
    public boolean isStopped() {
      return fault != null;
    }

    @Override
    public boolean isLeader() {
      return life.leaderTerm != 0;
    }

    @Override
    public boolean isAlive(String other) {
      return cluster.areConnected(node.number, SimulatedNode.number(other));
    }

    @Override
    public long lastLogIndex() {
      return raft.lastIndex();
    }

    @Override
    public boolean transferTo(String other) {
      return cluster.transfer(partition, node.number, SimulatedNode.number(other));
    }

    @Override
    public boolean transferToAny() {
      return IntStream.range(0, RaftGroup.MEMBERS)
          .anyMatch(
              other -> other != node.number && cluster.transfer(partition, node.number, other));
    }
  }

  /** The node that is to lead when all are well. */
  int preferredLeader() {
    return partition % RaftGroup.MEMBERS;
  }

  ReplicaStatus status() {
    return ReplicaStatus.newBuilder()
        .setPartition(partition)
        .setAppliedIndex(appliedIndex)
        .setFault(fault == null ? "" : fault)
        .build();
  }

  /** Takes commands of other partitions, which have no mark yet. */
  void credit(List<QueuedCommand> commands) {
    life.ofSystem(commands);
  }

  void submit(List<QueuedCommand> commands) {
    commands.forEach(this::note);
    List<QueuedCommand> entered = new ArrayList<>(commands.size());
    for (QueuedCommand command : commands) {
      QueuedCommand one = witness.enter(node, command);
      entered.add(one);
      open.add((Attempt) one.reply());
    }
    if (node.isDiskFull() || life.noRoom != null) {
      refuse(entered, Reason.READ_ONLY);
    } else if (life.clock.isSettled()) {
      life.loop.submit(entered);
    } else {
      refuse(entered, Reason.NO_LEADER);
    }
    open.removeIf(attempt -> !attempt.isOpen());
  }

  private static void refuse(List<QueuedCommand> commands, Reason reason) {
    commands.forEach(each -> each.reply().failed(each.index(), reason, "not tried"));
  }

  private void note(QueuedCommand command) {
    CommandRequest request = command.request();
    String id = request.origin().requestId();
    String key = request.idempotencyKey();
    cluster.note("partition", partition, "node", node.number, "gets", id, key, request.command());
  }

  /** Not while that thread is held. */
  void turn() {
    if (!turning) {
      turning = true;
      try {
        life.loop.turn();
      } finally {
        turning = false;
      }
    }
  }

  /** Each fails by itself, as the timers of a node do; not while their thread is held. */
  void runTimers() {
    if (!timing) {
      timing = true;
      try {
        for (Runnable timer :
            List.of(life.expiry, life.digests, life.eviction, life.snapshots, life.channel::next)) {
          if (node.isUp()) {
            cluster.strikes().on(node, timer);
          }
        }
      } finally {
        timing = false;
      }
    }
  }

  /** Looks at the other nodes, and perhaps at who should lead. */
  void watch(boolean balances) {
    life.rooms.run();
    if (balances) {
      life.balancer.run();
    }
  }

  @Override
  public void apply(List<RaftMember.Committed> entries) {
    long first = entries.get(0).index();
    long last = entries.get(entries.size() - 1).index();
    cluster.note("partition", partition, "node", node.number, "applies", first, "to", last);
    state.apply(entries);
    node.mustLive();
    if (state.fault() != null) {
      stop(state.fault());
      return;
    }
    AppliedView.LogEnd end = state.view().logEnd();
    life.clock.applied(end.timeMillis());
    appliedIndex = Math.max(appliedIndex, last);
    if (end.sequence() != witness.sequenceAt(appliedIndex)) {
      throw new AssertionError(
          "replica %d stands at %d after entry %d, and not at %d"
              .formatted(
                  node.number, end.sequence(), appliedIndex, witness.sequenceAt(appliedIndex)));
    }
    applies++;
    if (applies % CHECK_EVERY == 0) {
      checkWhenLevel();
    }
  }

  /** Whether it has applied all that is committed. */
  boolean isLevel() {
    return state.view().logEnd().sequence() == witness.state().sequence();
  }

  /** Its whole state against that of the log, when it has applied as much. */
  boolean checkWhenLevel() {
    boolean level = isLevel();
    if (level) {
      state.assertSame(witness);
    }
    return level;
  }

  @Override
  public void lead(long term) {
    cluster.note("partition", partition, "node", node.number, "leads in term", term);
    life.leaderTerm = term;
    life.loop.lead(term);
  }

  @Override
  public void follow() {
    cluster.note("partition", partition, "node", node.number, "leads no more");
    life.leaderTerm = 0;
    life.loop.follow();
  }

  boolean isLeading() {
    return life.isLeading();
  }

  @Override
  public void resigned() {
    stopDeciding("deciding failed");
  }

  /** The log fails as a whole: JRaft stops the group for it. */
  @Override
  public boolean writeLog(FailPoint place) {
    try {
      place.reach();
      return true;
    } catch (FailPointException e) {
      stop("the log failed: " + e.getMessage());
      return false;
    }
  }

  /** The replica stops, Raft with it. What no failpoint did is a bug. */
  private void stop(String why) {
    if (!why.contains("failpoint")) {
      throw new AssertionError("replica " + node.number + " stopped: " + why);
    }
    raft.halt();
    stopDeciding(why);
  }

  private void stopDeciding(String why) {
    cluster.stopped();
    cluster.note("partition", partition, "stops on node", node.number + ":", why);
    if (fault == null) {
      fault = why;
    }
    follow();
  }

  /** Whether it needs a restart to go on. */
  boolean isStopped() {
    return fault != null;
  }

  /** Whether it takes no part in Raft any more. */
  boolean isHalted() {
    return raft.isHalted();
  }

  void flush() {
    state.flush();
  }

  /**
   * Raft's log is kept from here on. JRaft makes one at a time, between entries that it applies.
   */
  void takeSnapshot() {
    long index = appliedIndex;
    if (snapshotting || raft.isHanding() || fault != null || index <= raft.base()) {
      return;
    }
    long sequence = state.view().logEnd().sequence();
    long term = raft.termAt(index);
    snapshotting = true;
    try {
      Object made = state.snapshot(index, term);
      node.mustLive();
      if (made != null) {
        snapshot = new Snapshot(made, index, term);
        life.snapshotSequence = sequence;
        raft.compact(index);
      } else if (state.fault() != null) {
        stop(state.fault());
      }
    } finally {
      snapshotting = false;
    }
  }

  /** Whether the applying thread is free for that. */
  boolean canInstall() {
    return !snapshotting && !raft.isHanding();
  }

  /** Puts another replica's snapshot in place. */
  void install(SimulatedReplica other) {
    Snapshot theirs = Objects.requireNonNull(other.snapshot, "the log begins behind nothing");
    raft.handAll();
    if (isHalted()) {
      return;
    }
    Object own = state.copy(theirs.content(), theirs.index(), theirs.term());
    Snapshot copied = new Snapshot(own, theirs.index(), theirs.term());
    snapshot = copied;
    if (!load(copied)) {
      stop("the snapshot could not be loaded after a failpoint");
      return;
    }
    raft.startBehind(copied.index(), copied.term());
    life.clock.applied(state.view().logEnd().timeMillis());
  }

  private boolean load(Snapshot own) {
    boolean loaded = state.load(own.content(), own.index());
    node.mustLive();
    appliedIndex = Math.max(state.appliedIndex(), own.index());
    return loaded;
  }

  /** From now on nobody hears of this process again. */
  void die() {
    open.forEach(Attempt::lose);
    open.clear();
  }

  /** Raft told every proposer when it ended; the loop refuses what is queued. */
  void mustHaveAnsweredIfHalted() {
    if (raft.isHalted()) {
      while (raft.hasUntold()) {
        cluster.strikes().on(node, raft::tellUntold);
      }
      cluster.strikes().on(node, this::turn);
      mustHaveAnswered();
    }
  }

  void mustHaveAnswered() {
    open.removeIf(attempt -> !attempt.isOpen());
    if (!open.isEmpty()) {
      throw new AssertionError(
          "replica %d, which stopped (%s), has not answered %s"
              .formatted(node.number, fault, open.get(0).request()));
    }
  }

  void crash() {
    raft.crash();
    state.crash(cluster.chance().percent(FLUSHED_PERCENT));
    appliedIndex = state.appliedIndex();
    fault = null;
  }

  /** As JRaft starts: from its snapshot, when the state or the log does not reach as far. */
  void restart() {
    Snapshot own = snapshot;
    if (own != null) {
      if (!load(own)) {
        throw cluster.die(node, "its start");
      }
      raft.beginBehind(own.index(), own.term());
    }
    life = new Life();
  }

  /** At the very end: faults that nothing may survive. */
  void assertStopsAt(EventBatch batch) {
    byte[] encoded = EventBatchCodec.encode(batch);
    state.assertStopsAt(appliedIndex + 1, new RaftEntry(batch.term(), encoded));
  }

  void assertNoSnapshotOfDamage(StockKey item) {
    state.assertNoSnapshotOfDamage(item);
  }

  void close() {
    state.close();
  }
}
