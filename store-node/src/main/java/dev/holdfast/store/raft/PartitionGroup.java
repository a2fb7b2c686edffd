package dev.holdfast.store.raft;

import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.RaftGroupService;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.closure.ReadIndexClosure;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.core.State;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.entity.Task;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.option.NodeOptions;
import dev.holdfast.store.commit.ReplicatedLog.Fate;
import dev.holdfast.store.state.StateStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Raft group of a partition on this node: its log and its leadership. Takes no part in anything
 * before it is started.
 */
public final class PartitionGroup implements RaftStatus {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionGroup.class);
  private static final byte[] NO_CONTEXT = new byte[0];
  private static final long NOT_STARTED = 0;
  private static final Duration STOP_MAX = Duration.ofSeconds(30);

  private final int partition;
  private final RaftSettings settings;
  private final RaftTransport transport;
  private final StateStore store;
  private final Members members;
  private final ReplicaFiles files;
  private final Membership membership;
  private final Snapshots snapshots;
  private final PartitionStateMachine machine;
  private volatile @Nullable RunningReplica running;

  public PartitionGroup(
      RaftSettings settings,
      RaftTransport transport,
      StateStore store,
      LeadershipListener listener,
      ApplyMetrics metrics,
      Executor background) {
    this.partition = settings.partition();
    this.settings = settings;
    this.transport = transport;
    this.store = store;
    this.members = new Members(settings.members());
    this.files = new ReplicaFiles(settings.dataDir());
    this.membership = new Membership(members, files, store, () -> running);
    SnapshotShelf shelf = new SnapshotShelf(files.snapshots(), files.olderSnapshots());
    this.snapshots = new Snapshots(store, shelf, background, listener, metrics);
    this.machine = new PartitionStateMachine(partition, store, snapshots, listener, metrics);
  }

  static String groupId(int partition) {
    return "partition-" + partition;
  }

  /** The incarnation of this replica, and the group's members. */
  public Membership membership() {
    return membership;
  }

  /** Starts Raft as this incarnation. Never two starts at once in a process. */
  public void start(int incarnation) throws IOException {
    snapshots.fallBackWhenNeeded();
    EntrySeal seal = new EntrySeal(store.encryption().storingIn(files.log()));
    WitnessedStorage storage = new WitnessedStorage(files.witness(), seal, store::learnKeys);
    PeerId self = members.peer(settings.self().nodeId(), incarnation);
    NodeOptions options = options(storage, incarnation);
    RaftGroupService service =
        new RaftGroupService(groupId(partition), self, options, transport.server(), true);
    Node node = new BoundedStart(partition, settings.dataDir(), service).run();
    running = new RunningReplica(service, node, options, self, storage);
  }

  private NodeOptions options(WitnessedStorage storage, int incarnation) {
    NodeOptions options = RaftTuning.tune(transport.options(), settings);
    options.setServiceFactory(storage);
    options.setFsm(machine);
    options.setLogUri(files.log().toString());
    options.setRaftMetaUri(files.meta().toString());
    options.setSnapshotUri(files.snapshots().toString());
    // Who the members are stands in the log; only founders begin without one.
    options.setInitialConf(
        incarnation == Standing.FOUNDER ? members.founders() : new Configuration());
    return options;
  }

  private @Nullable Node ifLeading() {
    RunningReplica replica = running;
    return replica == null ? null : replica.ifLeading();
  }

  /** Proposes a batch in a term; its fate is told once. */
  public void propose(long term, byte[] encodedBatch, Consumer<Fate> fate) {
    RunningReplica replica = running;
    if (replica == null) {
      fate.accept(Fate.NOT_APPENDED);
      return;
    }
    replica.node().apply(new Task(ByteBuffer.wrap(encodedBatch), new LogClosure(fate), term));
  }

  /** The closure runs once, also when the replica is not started or stops. */
  void readIndex(ReadIndexClosure closure) {
    RunningReplica replica = running;
    if (replica == null) {
      closure.run(new Status(RaftError.EAGAIN, "this replica is no member yet"), 0, NO_CONTEXT);
      return;
    }
    try {
      replica.node().readIndex(NO_CONTEXT, closure);
    } catch (IllegalStateException stopping) {
      LOG.debug("no round of reads any more; JRaft tells the round so itself", stopping);
    }
  }

  @Override
  public @Nullable String leader() {
    RunningReplica replica = running;
    PeerId leader = replica == null ? null : replica.node().getLeaderId();
    return leader == null ? null : members.nodeOf(leader);
  }

  /**
   * Reacts to a broken connection to the leader: its process may be gone.
   *
   * @param turn of this follower among those that may lead next, 0 for the first
   */
  public void leaderMayBeGone(int turn) {
    RunningReplica replica = running;
    if (replica != null) {
      new HastyElection(replica, settings.electionTimeout(), transport.timer()).begin(turn);
    }
  }

  @Override
  public long term() {
    return machine.term();
  }

  @Override
  public boolean isCandidate() {
    RunningReplica replica = running;
    return replica != null && replica.node().getNodeState() == State.STATE_CANDIDATE;
  }

  @Override
  public long lastLogIndex() {
    return whileActive(Node::getLastLogIndex);
  }

  @Override
  public long committedIndex() {
    return whileActive(Node::getLastCommittedIndex);
  }

  @Override
  public long appliedIndex() {
    return whileActive(Node::getLastAppliedLogIndex);
  }

  private long whileActive(ToLongFunction<Node> index) {
    RunningReplica replica = running;
    return replica == null ? NOT_STARTED : replica.whileActive(index);
  }

  @Override
  public long snapshotIndex() {
    return snapshots.newestIndex();
  }

  @Override
  public long snapshotSequence() {
    return snapshots.newestSequence();
  }

  /**
   * Asks for a snapshot, unless nothing was applied since the newest: JRaft would cut its log
   * behind that one. A running snapshot is as good.
   */
  public void snapshot() {
    RunningReplica replica = running;
    if (replica != null && store.applied().raftIndex() > snapshots.newestIndex()) {
      replica.node().snapshot(this::logUnlessMade);
    }
  }

  private void logUnlessMade(Status status) {
    if (!status.isOk()) {
      LOG.info("no snapshot of partition {}: {}", partition, status.getErrorMsg());
    }
  }

  @Override
  public boolean isAlive(String nodeId) {
    Node node = ifLeading();
    return node != null
        && node.listAlivePeers().stream().anyMatch(peer -> members.isOf(peer, nodeId));
  }

  /** Hands leadership over; false when Raft refuses for now. */
  public boolean transferTo(String nodeId) {
    Node node = ifLeading();
    return node != null
        && node.listPeers().stream()
            .filter(peer -> members.isOf(peer, nodeId))
            .anyMatch(peer -> node.transferLeadershipTo(peer).isOk());
  }

  /** Hands leadership to the member with the longest log; false when there is none. */
  public boolean transferToAny() {
    Node node = ifLeading();
    return node != null && node.transferLeadershipTo(PeerId.ANY_PEER).isOk();
  }

  /**
   * Stops the group and waits until nothing of it runs; false when something may still run after a
   * bounded time.
   */
  public boolean stop() {
    return stop(STOP_MAX);
  }

  boolean stop(Duration patience) {
    RunningReplica replica = running;
    if (replica == null) {
      return true;
    }
    Thread stopping = new DaemonThreads("stop-" + groupId(partition)).newThread(replica::stop);
    stopping.start();
    try {
      stopping.join(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !stopping.isAlive();
  }
}
