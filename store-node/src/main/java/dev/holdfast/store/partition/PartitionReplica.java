package dev.holdfast.store.partition;

import dev.holdfast.common.status.Reason;
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
import dev.holdfast.store.state.RocksMemory;
import dev.holdfast.store.state.StateStore;
import java.io.IOException;
import java.time.InstantSource;
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

  private final int partition;
  private final BooleanSupplier writable;
  private final StateStore store;
  private final CommandLoop loop;
  private final PartitionGroup group;
  private final ReadBarrier barrier;
  private final List<Runnable> appliedListeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable String fault;
  private volatile long leaderTerm;

  /**
   * What the replicas of a node share.
   *
   * @param writable whether the disk has room for more
   */
  public record Shared(
      RaftTransport transport,
      RocksMemory memory,
      CommitLimits limits,
      Executor readers,
      Executor background,
      BooleanSupplier writable,
      InstantSource clock) {}

  public PartitionReplica(
      int partition, RaftSettings settings, Shared shared, PartitionMetrics metrics)
      throws IOException {
    this.partition = partition;
    this.writable = shared.writable();
    this.store = StateStore.open(settings.dataDir().resolve("state"), shared.memory());
    Leadership leadership = new Leadership();
    ReplicatedLog log = (term, batch, fate) -> group().propose(term, batch, fate);
    this.loop =
        new CommandLoop(
            "commands-" + partition,
            shared.limits(),
            new CommitContext(partition, store, log, metrics),
            shared.clock(),
            () -> stopDeciding(leadership));
    this.group = startGroup(settings, shared, new PartitionGroup.Callbacks(leadership, metrics));
    this.barrier = new ReadBarrier(group, shared.readers());
    metrics.watch(this);
  }

  /** A replica that does not start leaves nothing open. */
  private PartitionGroup startGroup(
      RaftSettings settings, Shared shared, PartitionGroup.Callbacks callbacks) throws IOException {
    try {
      return new PartitionGroup(
          partition, settings, shared.transport(), store, callbacks, shared.background());
    } catch (IOException | RuntimeException e) {
      loop.close();
      store.close();
      String newer = store.needsNewerBuild();
      if (newer != null) {
        throw new IOException(newer, e); // what Raft says of it is less
      }
      throw e;
    }
  }

  /** Replicating goes on here, but somebody else must lead. */
  private void stopDeciding(LeadershipListener leadership) {
    leadership.fault("deciding failed; see the log");
    if (!group.transferToAny()) {
      LOG.warn("partition {} is led by nobody else yet", partition);
    }
  }

  /** Raft speaks to the loop; the group is there before it ever leads. */
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

  public boolean isLeading() {
    return loop.isLeading();
  }

  /** The Raft term in which this replica leads, 0 when it does not. */
  public long leaderTerm() {
    return leaderTerm;
  }

  /** Why the replica stopped; null while it has not. */
  public @Nullable String fault() {
    String newer = store.needsNewerBuild();
    return newer != null ? newer : fault;
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
    if (writable.getAsBoolean()) {
      loop.submit(commands);
    } else {
      commands.forEach(command -> command.reply().failed(command.index(), Reason.READ_ONLY, FULL));
    }
  }

  /** Calls on the applying thread whenever more is applied; must be quick. */
  public void onApplied(Runnable listener) {
    appliedListeners.add(listener);
  }

  /** What may still run uses the state, so that is left open then, until the process ends. */
  @Override
  public void close() {
    loop.close();
    if (!group.stop()) {
      throw new IllegalStateException("Raft of partition " + partition + " does not stop");
    }
    store.close();
  }
}
