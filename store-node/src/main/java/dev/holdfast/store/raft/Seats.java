package dev.holdfast.store.raft;

import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.util.Endpoint;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * On the leader, puts a replica that came back without its past in place of its former self: as a
 * learner while it lacks much or what only a snapshot has, then by joint consensus. One step at a
 * time, each of them a committed configuration; whoever leads goes on where the one before ended.
 *
 * <p>Nobody who needs a snapshot is made a voter: JRaft gives a new voter up when it does not
 * answer for an election timeout, and a second try in the middle of a snapshot leaves its count of
 * them wrong. Nor do two steps follow at once: what the first one stops must have ended.
 */
final class Seats {
  private static final Logger LOG = LoggerFactory.getLogger(Seats.class);

  /** Entries that a replica may lack when it is to become a voter: JRaft's own margin. */
  private static final long LAG_MAX = 1_000;

  private final Node node;
  private final WitnessedStorage storage;

  Seats(RunningReplica leader) {
    this.node = leader.node();
    this.storage = leader.storage();
  }

  /**
   * One above all that this address was; of what is committed, so a leader has to be sure of it.
   */
  int nextIncarnation(Endpoint address) {
    return Stream.concat(node.listPeers().stream(), node.listLearners().stream())
            .filter(peer -> peer.getEndpoint().equals(address))
            .mapToInt(PeerId::getIdx)
            .max()
            .orElse(-1)
        + 1;
  }

  /**
   * Takes the next step; nothing when it sits already. The closures only log: the next call sees.
   */
  void seat(PeerId newcomer, long lastLogIndex) {
    if (node.listPeers().contains(newcomer)
        || newcomer.getIdx() < nextIncarnation(newcomer.getEndpoint()) - 1) {
      return; // it sits, or another has taken its place since
    }
    boolean learns = node.listLearners().contains(newcomer);
    if (!isLevel(lastLogIndex)) {
      if (!learns) {
        node.addLearners(List.of(newcomer), status -> log("learns", newcomer, status));
      }
    } else if (learns) {
      // JRaft takes no learner for a voter in one step. It keeps its log, so it stays level.
      node.removeLearners(List.of(newcomer), status -> log("has learned enough", newcomer, status));
    } else {
      replace(newcomer);
    }
  }

  /** Whether it lacks little, and none of that comes by a snapshot. */
  private boolean isLevel(long lastLogIndex) {
    return lastLogIndex + 1 >= storage.firstLogIndex()
        && node.getLastLogIndex() - lastLogIndex <= LAG_MAX;
  }

  private void replace(PeerId newcomer) {
    Configuration next = new Configuration();
    for (PeerId peer : node.listPeers()) {
      next.addPeer(peer.getEndpoint().equals(newcomer.getEndpoint()) ? newcomer : peer);
    }
    for (PeerId learner : node.listLearners()) {
      if (!learner.getEndpoint().equals(newcomer.getEndpoint())) {
        next.addLearner(learner);
      }
    }
    node.changePeers(next, status -> log("votes in place of what it was", newcomer, status));
  }

  private void log(String what, PeerId newcomer, Status status) {
    if (status.isOk()) {
      LOG.info("{}: {} {}", node.getGroupId(), newcomer, what);
    } else {
      LOG.info("{}: {} not yet: {}", node.getGroupId(), newcomer, status.getErrorMsg());
    }
  }
}
