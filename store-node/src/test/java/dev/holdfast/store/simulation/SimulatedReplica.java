package dev.holdfast.store.simulation;

import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.clock.LogClock;
import dev.holdfast.store.clock.LogTime;
import dev.holdfast.store.commit.AppliedView;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.commit.Reply;
import dev.holdfast.store.commit.SteppedLoop;
import dev.holdfast.store.timers.DigestTimer;
import dev.holdfast.store.transfers.SteppedChannel;
import java.util.ArrayList;
import java.util.List;

/** A partition's replica on a node: what {@code PartitionReplica} and its timers wire. */
final class SimulatedReplica implements RaftMember.Machine {
  private static final int CHECK_EVERY = 16;

  /** The reads of a deciding thread between two of which the applying one gets on. */
  private static final int READS_UNDISTURBED = 32;

  final int partition;
  final SimulatedNode node;
  final RaftMember raft;
  private final Cluster cluster;
  private final Witness witness;
  private final ReplicaState state;
  private final List<Attempt> open = new ArrayList<>();
  private Object snapshot = "none";
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

  /** One run of the process: nothing of it outlives its crash. */
  private final class Life {
    final AppliedView applied = new InterleavedView(state::view, this::interleave);
    final LogClock clock = node.openClock(state.view().logEnd().timeMillis());
    final SteppedLoop loop;
    final DigestTimer digests;
    final Runnable expiry;
    final SteppedChannel channel;
    final Upkeep eviction = new Upkeep();
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

  /** Waits for the leader's own command, so that there is one at a time. */
  private static final class Upkeep implements Reply {
    private boolean inFlight;

    @Override
    public void decided(int index, long sequence, RecordedEvent event) {
      inFlight = false;
    }

    @Override
    public void failed(int index, Reason reason, String message) {
      inFlight = false;
    }
  }

  /** Takes commands of other partitions, which have no mark yet. */
  void credit(List<QueuedCommand> commands) {
    life.ofSystem(commands);
  }

  void submit(List<QueuedCommand> commands) {
    commands.forEach(this::note);
    List<QueuedCommand> entered = new ArrayList<>(commands.size());
    for (QueuedCommand command : commands) {
      QueuedCommand one = witness.enter(command);
      entered.add(one);
      open.add((Attempt) one.reply());
    }
    if (life.clock.isSettled()) {
      life.loop.submit(entered);
    } else {
      entered.forEach(each -> each.reply().failed(each.index(), Reason.NO_LEADER, "not settled"));
    }
    open.removeIf(attempt -> !attempt.isOpen());
  }

  private void note(QueuedCommand command) {
    CommandRequest request = command.request();
    String id = request.origin().requestId();
    String key = request.idempotencyKey();
    cluster.note("partition", partition, "node", node.number, "gets", id, key, request.command());
  }

  void turn() {
    life.loop.turn();
  }

  void runTimers() {
    life.expiry.run();
    life.digests.run();
    if (life.isLeading() && !life.eviction.inFlight) {
      evict();
    }
    life.channel.next();
  }

  private void evict() {
    Witness.Eviction when = cluster.temper().eviction();
    long keepFrom = life.clock.millis() - when.retentionMillis();
    long through = state.evictThrough(keepFrom, when.countMax());
    if (through != 0) {
      life.eviction.inFlight = true;
      CommandRequest evict = CommandRequest.ofSystem(new Command.EvictReceipts(through));
      life.ofSystem(List.of(new QueuedCommand(evict, life.eviction, 0)));
    }
  }

  @Override
  public void apply(List<RaftMember.Committed> entries) {
    long first = entries.get(0).index();
    long last = entries.get(entries.size() - 1).index();
    cluster.note("partition", partition, "node", node.number, "applies", first, "to", last);
    state.apply(entries);
    if (state.fault() != null) {
      throw new AssertionError("replica " + node.number + " stopped: " + state.fault());
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

  void flush() {
    state.flush();
  }

  /** Raft's log is kept from here on. */
  void takeSnapshot() {
    if (appliedIndex > raft.base()) {
      snapshot = state.snapshot();
      state.flush();
      raft.compact(appliedIndex);
    }
  }

  /** Puts another replica's snapshot in place. */
  void install(SimulatedReplica other) {
    long index = other.raft.base();
    long term = other.raft.termAt(index);
    raft.handAll();
    state.install(other.snapshot, index);
    raft.startBehind(index, term);
    snapshot = other.snapshot;
    appliedIndex = index;
    life.clock.applied(state.view().logEnd().timeMillis());
  }

  void crash() {
    open.forEach(Attempt::lose);
    open.clear();
    raft.crash();
    state.crash();
    if (state.appliedIndex() < raft.base()) {
      state.install(snapshot, raft.base());
    }
    appliedIndex = Math.max(state.appliedIndex(), raft.base());
  }

  void restart() {
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
