package dev.holdfast.store.partition;

import dev.holdfast.common.status.Reason;
import dev.holdfast.store.clock.LogClock;
import dev.holdfast.store.clock.LogClocks;
import dev.holdfast.store.commit.CommandLoop;
import dev.holdfast.store.commit.CommitContext;
import dev.holdfast.store.commit.CommitLimits;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.commit.ReplicatedLog;
import dev.holdfast.store.raft.LeadershipListener;
import dev.holdfast.store.raft.PartitionGroup;
import dev.holdfast.store.raft.RaftSettings;
import dev.holdfast.store.raft.RaftTransport;
import dev.holdfast.store.raft.ReadBarrier;
import dev.holdfast.store.state.StateStore;
import dev.holdfast.store.state.db.RocksMemory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition on this node: its state, its Raft group, and the loop that decides while it leads.
 */
public final class PartitionReplica implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionReplica.class);

  private static final String FULL =
      "not tried: the disk of the leading node is nearly full; free space on it";
  private static final String NOT_SETTLED =
      "not tried: the leading node has just started and compares its clock with the others' first";

  private final int partition;
  private final BooleanSupplier writable;
  private final StateStore store;
  private final LogClock clock;
  private final CommandLoop loop;
  private final PartitionGroup group;
  private final ReadBarrier barrier;
  private final Leadership leadership;
  private final List<Runnable> appliedListeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable String fault;
  private volatile @Nullable String awaited = "the start";
  private volatile @Nullable String noRoom;
  private volatile long leaderTerm;

  /** The resources that the replicas of a node share; writable while its disk has room. */
  public record Shared(
      RaftTransport transport,
      RocksMemory memory,
      CommitLimits limits,
      Executor readers,
      Executor background,
      BooleanSupplier writable,
      LogClocks clocks) {}

  public PartitionReplica(
      int partition, RaftSettings settings, Shared shared, PartitionMetrics metrics)
      throws IOException {
    this.partition = partition;
    this.writable = shared.writable();
    this.store = StateStore.open(settings.dataDir().resolve("state"), shared.memory());
    this.clock = shared.clocks().open(store.logEnd().timeMillis());
    this.leadership = new Leadership();
    ReplicatedLog log = (term, batch, fate) -> group().propose(term, batch, fate);
    this.loop =
        new CommandLoop(
            "commands-" + partition,
            shared.limits(),
            new CommitContext(partition, store, log, metrics),
            clock,
            this::stopDeciding);
    this.group =
        new PartitionGroup(
            partition,
            settings,
            shared.transport(),
            store,
            new PartitionGroup.Callbacks(leadership, metrics),
            shared.background());
    this.barrier = new ReadBarrier(group, this::fault, shared.readers());
    metrics.watch(this);
  }

  /** Starts Raft as an incarnation of this replica. Never two starts at once in a process. */
  public void start(int incarnation) throws IOException {
    try {
      group.start(incarnation);
    } catch (IOException e) {
      String newer = store.needsNewerBuild();
      throw newer == null ? e : new IOException(newer, e); // what Raft says of it is less
    }
  }

  /** Gives leadership away; replication goes on here. */
  private void stopDeciding() {
    leadership.fault("deciding failed; see the log");
    if (!group.transferToAny()) {
      LOG.warn("partition {} is led by nobody else yet", partition);
    }
  }

  /** Connects Raft's events to the loop, which exists before the group can lead. */
  private final class Leadership implements LeadershipListener {
    @Override
    public void lead(long term) {
      leaderTerm = term;
      loop.lead(term);
    }

    @Override
    public void follow() {
      leaderTerm = 0;
      loop.follow();
    }

    @Override
    public void fault(String what) {
      LOG.error("partition {} is stopped on this node: {}", partition, what);
      if (fault == null) {
        fault = what; // what Raft adds later says less
      }
      follow();
      store.unpinAll(); // nobody may copy from a state that is in doubt
    }

    @Override
    public void applied() {
      clock.applied(store.logEnd().timeMillis());
      appliedListeners.forEach(Runnable::run);
    }
  }

  public int partition() {
    return partition;
  }

  public StateStore store() {
    return store;
  }

  public PartitionGroup group() {
    return group;
  }

  public ReadBarrier barrier() {
    return barrier;
  }

  /** The time of this partition's log. */
  public LogClock clock() {
    return clock;
  }

  /** Whether this node decides here: it leads, and its log time is where it belongs. */
  public boolean isLeading() {
    return loop.isLeading() && clock.isSettled();
  }

  /** The Raft term in which this replica leads, deciding or not yet; 0 when it does not lead. */
  public long leaderTerm() {
    return leaderTerm;
  }

  /** Why the replica stopped; null while it has not. */
  public @Nullable String fault() {
    String newer = store.needsNewerBuild();
    return newer != null ? newer : fault;
  }

  /** The reason why the replica does not take part yet; null when it does. */
  public @Nullable String awaited() {
    return awaited;
  }

  /** Sets the reason why the replica waits; null when it no longer does. */
  public void waitsFor(@Nullable String what) {
    if (what != null && !what.equals(awaited)) {
      LOG.warn("partition {} waits: {}", partition, what);
    }
    awaited = what;
  }

  /** Stops the replica from outside, as a fault does. */
  public void stopForGood(String why) {
    leadership.fault(why);
  }

  public int queuedCommands() {
    return loop.queuedCommands();
  }

  /** Asks for a snapshot, unless the replica stopped. */
  public void snapshot() {
    if (fault() == null) {
      group.snapshot();
    }
  }

  /** Takes commands, or refuses them at once. Never blocks. */
  public void submit(List<QueuedCommand> commands) {
    String others = noRoom;
    if (!writable.getAsBoolean()) {
      refuse(commands, Reason.READ_ONLY, FULL);
    } else if (others != null) {
      refuse(commands, Reason.READ_ONLY, others);
    } else if (!clock.isSettled()) {
      refuse(commands, Reason.NO_LEADER, NOT_SETTLED);
    } else {
      loop.submit(commands);
    }
  }

  /** Takes an entry for membership: it is small, and does not wait for room. */
  public void submitOwn(List<QueuedCommand> commands) {
    loop.submit(commands);
  }

  private static void refuse(List<QueuedCommand> commands, Reason reason, String message) {
    commands.forEach(command -> command.reply().failed(command.index(), reason, message));
  }

  /** Refuses commands while the other members have no room; null accepts them again. */
  public void refuseForRoom(@Nullable String why) {
    if ((why == null) != (noRoom == null)) {
      LOG.warn("partition {}: {}", partition, why == null ? "mutations are taken again" : why);
    }
    noRoom = why;
  }

  /** The listener runs on the applying thread whenever more is applied; it must be quick. */
  public void onApplied(Runnable listener) {
    appliedListeners.add(listener);
  }

  /** Leaves the state open, until the process ends, when threads may still use it. */
  @Override
  public void close() {
    loop.close();
    if (!group.stop()) {
      throw new IllegalStateException("Raft of partition " + partition + " does not stop");
    }
    store.close();
  }
}
