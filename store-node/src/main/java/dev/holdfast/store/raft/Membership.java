package dev.holdfast.store.raft;

import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.entity.PeerId;
import dev.holdfast.store.state.StateStore;
import java.io.IOException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The incarnation of a replica, the voters of its partition, and, on the leader, the replacement of
 * a voter by its next incarnation.
 */
public final class Membership {
  private final Members members;
  private final ReplicaFiles files;
  private final StateStore store;
  private final Supplier<@Nullable RunningReplica> running;
  private @Nullable Standing standing; // of a replica that does not run, files do not change

  Membership(
      Members members,
      ReplicaFiles files,
      StateStore store,
      Supplier<@Nullable RunningReplica> running) {
    this.members = members;
    this.files = files;
    this.store = store;
    this.running = running;
  }

  /**
   * Tells whether this replica can go on as the incarnation it was. To be asked before it is
   * started, on one thread.
   *
   * @throws IOException when its files cannot be read, with the way out
   */
  public Standing standing() throws IOException {
    if (standing == null) {
      standing = files.standing(store.applied().raftIndex());
    }
    return standing;
  }

  /** Makes this replica an incarnation that has promised nothing yet. It keeps its data. */
  public void become(int incarnation) throws IOException {
    standing = null;
    files.become(incarnation);
  }

  /** The running incarnation; null before the start. */
  public @Nullable Integer incarnation() {
    RunningReplica replica = running.get();
    return replica == null ? null : replica.self().getIdx();
  }

  /** Whether this replica votes, as far as its own log tells. */
  public boolean isSeated() {
    RunningReplica replica = running.get();
    return replica != null && voters().contains(replica.self());
  }

  /** The latest incarnation of a node that votes or learns, as far as this log tells; else -1. */
  public int incarnationOf(String nodeId) {
    Configuration known = voters();
    return Stream.concat(known.getPeers().stream(), known.getLearners().stream())
        .filter(peer -> members.isOf(peer, nodeId))
        .mapToInt(PeerId::getIdx)
        .max()
        .orElse(Standing.UNKNOWN);
  }

  private Configuration voters() {
    RunningReplica replica = running.get();
    return replica == null ? new Configuration() : replica.members(members.founders());
  }

  /**
   * On the leader: names an incarnation that no replica of a node ever was. Only a confirmed leader
   * knows the latest, so a round of reads has to go before.
   *
   * @throws IllegalStateException when this replica does not lead
   */
  public int nextIncarnation(String nodeId) {
    PeerId address = members.peer(nodeId, Standing.FOUNDER);
    return new Seats(leading()).nextIncarnation(address.getEndpoint());
  }

  /**
   * On the leader: takes the next step of making an incarnation a voter in place of the node's
   * former one.
   *
   * @throws IllegalStateException when this replica does not lead
   */
  public void seat(String nodeId, int incarnation, long lastLogIndex) {
    new Seats(leading()).seat(members.peer(nodeId, incarnation), lastLogIndex);
  }

  private RunningReplica leading() {
    RunningReplica replica = running.get();
    if (replica == null || replica.ifLeading() == null) {
      throw new IllegalStateException("this node does not lead");
    }
    return replica;
  }
}
