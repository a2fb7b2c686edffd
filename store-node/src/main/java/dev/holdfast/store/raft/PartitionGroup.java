package dev.holdfast.store.raft;

import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.RaftGroupService;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.core.State;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.entity.Task;
import com.alipay.sofa.jraft.option.NodeOptions;
import dev.holdfast.store.commit.ReplicatedLog;
import dev.holdfast.store.state.StateStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Raft group of this node: the log of a partition, and the partition's leadership. */
public final class PartitionGroup implements ReplicatedLog {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionGroup.class);

  private static final String SNAPSHOT = "snapshot";
  private static final long STOPPED = 0;
  private static final Duration STOP_MAX = Duration.ofSeconds(30);

  private final int partition;
  private final RaftSettings settings;
  private final Snapshots snapshots;
  private final PartitionStateMachine machine;
  private final RaftGroupService service;
  private final Node node;

  /** Who hears of what happens in the group. */
  public record Callbacks(LeadershipListener leadership, ApplyMetrics metrics) {}

  public PartitionGroup(
      int partition,
      RaftSettings settings,
      RaftTransport transport,
      StateStore store,
      Callbacks callbacks,
      Executor background)
      throws IOException {
    this.partition = partition;
    this.settings = settings;
    this.snapshots = new Snapshots(store, shelf(), background, callbacks);
    snapshots.fallBackWhenNeeded();
    this.machine = new PartitionStateMachine(partition, store, snapshots, callbacks);
    NodeOptions options = options();
    PeerId self = PeerId.parsePeer(settings.self().raftAddress());
    this.service =
        new RaftGroupService(groupId(partition), self, options, transport.server(), true);
    this.node = startNode();
  }

  static String groupId(int partition) {
    return "partition-" + partition;
  }

  private SnapshotShelf shelf() {
    return new SnapshotShelf(root().resolve(SNAPSHOT), root().resolve("snapshots-before"));
  }

  private Path root() {
    return settings.dataDir().resolve("raft");
  }

  private NodeOptions options() throws IOException {
    Path root = root();
    Files.createDirectories(root);
    NodeOptions options = RaftTuning.nodeOptions(settings);
    options.setFsm(machine);
    options.setLogUri(root.resolve("log").toString());
    options.setRaftMetaUri(root.resolve("meta").toString());
    options.setSnapshotUri(root.resolve(SNAPSHOT).toString());
    Configuration members = new Configuration();
    for (RaftSettings.Member member : settings.members()) {
      members.addPeer(PeerId.parsePeer(member.raftAddress()));
    }
    options.setInitialConf(members);
    return options;
  }

  private Node startNode() throws IOException {
    try {
      return service.start(false);
    } catch (IllegalStateException e) {
      throw new IOException(
          "Raft of partition "
              + partition
              + " does not start on what is in "
              + root()
              + "; the reason is in the log above",
          e);
    }
  }

  @Override
  public void propose(long term, byte[] encodedBatch, Consumer<Fate> fate) {
    Task task = new Task(ByteBuffer.wrap(encodedBatch), new LogClosure(fate), term);
    node.apply(task);
  }

  Node node() {
    return node;
  }

  /** The node that leads, as far as this one knows. */
  public @Nullable String leader() {
    PeerId leader = node.getLeaderId();
    return leader == null ? null : nodeOf(leader);
  }

  private @Nullable String nodeOf(PeerId peer) {
    for (RaftSettings.Member member : settings.members()) {
      if (PeerId.parsePeer(member.raftAddress()).getEndpoint().equals(peer.getEndpoint())) {
        return member.nodeId();
      }
    }
    return null;
  }

  /** The Raft term as of the last change of leadership. */
  public long term() {
    return machine.term();
  }

  public boolean isCandidate() {
    return node.getNodeState() == State.STATE_CANDIDATE;
  }

  public long lastLogIndex() {
    return whileActive(node::getLastLogIndex);
  }

  public long committedIndex() {
    return whileActive(node::getLastCommittedIndex);
  }

  public long appliedIndex() {
    return whileActive(node::getLastAppliedLogIndex);
  }

  /** JRaft tells nothing of a group that stopped; whoever reports that it did needs a number. */
  private static long whileActive(LongSupplier index) {
    try {
      return index.getAsLong();
    } catch (IllegalStateException stopped) {
      return STOPPED;
    }
  }

  public long snapshotIndex() {
    return snapshots.newestIndex();
  }

  /** The last event in the newest snapshot that was made or put in place since the start. */
  public long snapshotSequence() {
    return snapshots.newestSequence();
  }

  /** Asks for a snapshot; one that runs already is as good. */
  public void snapshot() {
    node.snapshot(
        status -> {
          if (!status.isOk()) {
            LOG.info("no snapshot of partition {}: {}", partition, status.getErrorMsg());
          }
        });
  }

  /** Whether the member has answered lately. Known to the leader only. */
  public boolean isAlive(String nodeId) {
    return node.isLeader(false)
        && node.listAlivePeers().stream().anyMatch(peer -> nodeId.equals(nodeOf(peer)));
  }

  /** Hands leadership over; false when Raft does not want to now. */
  public boolean transferTo(String nodeId) {
    for (RaftSettings.Member member : settings.members()) {
      if (member.nodeId().equals(nodeId)) {
        Status status = node.transferLeadershipTo(PeerId.parsePeer(member.raftAddress()));
        return status.isOk();
      }
    }
    return false;
  }

  /** Hands leadership to whoever has most of the log; false when there is none to hand over to. */
  public boolean transferToAny() {
    return node.isLeader(false) && node.transferLeadershipTo(PeerId.ANY_PEER).isOk();
  }

  /**
   * Stops the group and waits until nothing of it runs any more. JRaft itself waits without a limit
   * for its locks and its snapshot jobs: false when something may still run after a while.
   */
  public boolean stop() {
    return stop(STOP_MAX);
  }

  boolean stop(Duration patience) {
    Thread stopping = new DaemonThreads("stop-" + groupId(partition)).newThread(this::stopAndWait);
    stopping.start();
    try {
      stopping.join(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !stopping.isAlive();
  }

  private void stopAndWait() {
    try {
      service.shutdown();
      service.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
