// Over 250 lines: the parts of a replica and the link between loop and Raft, which knows them all
package dev.holdfast.store.partition;

import dev.holdfast.store.clock.LogClock;
import dev.holdfast.store.clock.LogTime;
import dev.holdfast.store.commit.CommandLoop;
import dev.holdfast.store.commit.CommitSettings;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.commit.ReplicatedLog;
import dev.holdfast.store.raft.LeadershipListener;
import dev.holdfast.store.raft.Membership;
import dev.holdfast.store.raft.PartitionGroup;
import dev.holdfast.store.raft.RaftSettings;
import dev.holdfast.store.raft.RaftStatus;
import dev.holdfast.store.raft.ReadBarrier;
import dev.holdfast.store.state.StateStore;
import dev.holdfast.store.state.export.PinnedState;
import dev.holdfast.store.state.read.StateReads;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition on this node: its state, its Raft group, and the loop that decides while it leads.
 */
public final class PartitionReplica implements Freshness, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionReplica.class);

  private final int partition;
  private final StateStore store;
  private final LogClock clock;
  private final CommandLoop loop;
  private final Admission admission;
  final PartitionGroup group;
  private final ReadBarrier barrier;
  private final Link link = new Link();
  private final List<Runnable> appliedListeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable String fault;
  private volatile @Nullable String awaited = "the start";
  private volatile long leaderTerm;

  public PartitionReplica(
      RaftSettings settings, CommitSettings commit, NodeResources node, PartitionMetrics metrics)
      throws IOException {
    this.partition = settings.partition();
    this.store =
        StateStore.open(settings.dataDir().resolve("state"), node.memory(), node.encryption());
    this.clock = node.clocks().open(store.logEnd().timeMillis());
    this.group =
        new PartitionGroup(settings, node.transport(), store, link, metrics, node.background());
    this.loop = new CommandLoop(partition, commit, store, link, metrics, clock).start();
    this.admission = new Admission(partition, node.writable(), clock, loop);
    this.barrier = new ReadBarrier(group, this::fault, node.readers());
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

  /** Connects the loop and Raft, which tells nothing before it is started. */
  private final class Link implements ReplicatedLog, LeadershipListener {
    @Override
    public void propose(long term, byte[] encodedBatch, Consumer<Fate> fate) {
      group.propose(term, encodedBatch, fate);
    }

    /** Raft tells that leadership ended before it tells what another leader has committed. */
    @Override
    public void confirm(long term, Consumer<Boolean> leads) {
      barrier.await(
          new ReadBarrier.Waiting() {
            @Override
            public void ready() {
              leads.accept(leaderTerm == term);
            }

            @Override
            public void unavailable(String why) {
              leads.accept(false);
            }
          });
    }

    /** Replication goes on here. */
    @Override
    public void resign() {
      fault("deciding failed; see the log");
      if (!group.transferToAny()) {
        LOG.warn("partition {} is led by nobody else yet", partition);
      }
    }

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

  @Override
  public int partition() {
    return partition;
  }

  public StateReads state() {
    return store;
  }

  public RaftStatus raft() {
    return group;
  }

  /** The incarnation of this replica, and its seat among the voters. */
  public Membership membership() {
    return group.membership();
  }

  /** The time of this partition's log. */
  public LogTime clock() {
    return clock;
  }

  /** Lets a read through once all that was committed before it is in the state. Never blocks. */
  @Override
  public void await(ReadBarrier.Waiting read) {
    barrier.await(read);
  }

  @Override
  public long stalenessNanos() {
    return barrier.stalenessNanos();
  }

  /** Keeps the stock as it is now readable until it is closed. */
  public PinnedState pin() {
    return store.pin();
  }

  /** As {@link StateStore#trimLog}. */
  public long trimLog(long keepFromMillis, long bytesMax) {
    return store.trimLog(keepFromMillis, bytesMax);
  }

  /** Hands leadership to the member with the longest log; false when there is none. */
  public boolean giveLeadershipAway() {
    return group.transferToAny();
  }

  /** Hands leadership to a member; false when Raft refuses for now. */
  public boolean giveLeadershipTo(String nodeId) {
    return group.transferTo(nodeId);
  }

  /** As {@link PartitionGroup#leaderMayBeGone}. */
  public void leaderMayBeGone(int turn) {
    group.leaderMayBeGone(turn);
  }

  /** Whether this node decides here: it leads, and its log time is where it belongs. */
  public boolean isLeading() {
    return loop.isLeading() && clock.isSettled();
  }

  /** The Raft term in which this replica leads, deciding or not yet; 0 when it does not lead. */
  public long leaderTerm() {
    return leaderTerm;
  }

  @Override
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
    link.fault(why);
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
    admission.submit(commands);
  }

  /** Takes an entry for membership: it is small, and does not wait for room. */
  public void submitOwn(List<QueuedCommand> commands) {
    loop.submit(commands);
  }

  /** Refuses commands while the other members have no room; null accepts them again. */
  public void refuseForRoom(@Nullable String why) {
    admission.refuseForRoom(why);
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
