package dev.holdfast.store.raft;

import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.util.Endpoint;
import dev.holdfast.common.failpoint.FailPoint;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a returning replica without its past in place of its former self, on the leader: first as a
 * learner while it lacks much or needs a snapshot, then by joint consensus. One step at a time,
 * each of them a committed configuration; any new leader goes on where the one before ended.
 *
 * <p>Nobody who needs a snapshot is made a voter: JRaft gives a new voter up when it does not
 * answer for an election timeout, and a second try in the middle of a snapshot leaves its count of
 * them wrong. Nor do two steps follow at once: what the first one stops must have ended.
 */
final class Seats {
  private static final Logger LOG = LoggerFactory.getLogger(Seats.class);

  private static final long LAG_OF_LEARNER_MAX = 1_000;

  /**
   * Far above the other limit: a replica that just stopped learning receives nothing until the next
   * step.
   */
  private static final long LAG_OF_NEWCOMER_MAX = 50_000;

  private static final int STEP_MAX = 1 << 20;

  private final Node node;
  private final LongSupplier firstLogIndex;

  Seats(RunningReplica leader) {
    this(leader.node(), leader.storage()::firstLogIndex);
  }

  Seats(Node leader, LongSupplier firstLogIndex) {
    this.node = leader;
    this.firstLogIndex = firstLogIndex;
  }

  /**
   * Above every incarnation of this address, by a random step: naming one reserves nothing, and two
   * disks of a node that were named one after the other must not be the same voter.
   */
  int nextIncarnation(Endpoint address) {
    return latestIncarnation(address) + 1 + ThreadLocalRandom.current().nextInt(STEP_MAX);
  }

  private int latestIncarnation(Endpoint address) {
    return Stream.concat(node.listPeers().stream(), node.listLearners().stream())
        .filter(peer -> peer.getEndpoint().equals(address))
        .mapToInt(PeerId::getIdx)
        .max()
        .orElse(-1);
  }

  /**
   * Takes the next step; does nothing when the newcomer votes already. The closures only log: the
   * next call sees the outcome.
   */
  void seat(PeerId newcomer, long lastLogIndex) {
    if (node.listPeers().contains(newcomer)
        || newcomer.getIdx() < latestIncarnation(newcomer.getEndpoint())) {
      return; // it sits, or another has taken its place since
    }
    if (!node.listLearners().contains(newcomer)) {
      if (lacksAtMost(LAG_OF_NEWCOMER_MAX, lastLogIndex)) {
        replace(newcomer);
      } else {
        FailPoint.LEARNER_ADD.reach();
        node.addLearners(List.of(newcomer), status -> log("learns", newcomer, status));
      }
    } else if (lacksAtMost(LAG_OF_LEARNER_MAX, lastLogIndex)) {
      // JRaft takes no learner for a voter in one step. It keeps its log, so it stays level.
      node.removeLearners(List.of(newcomer), status -> log("has learned enough", newcomer, status));
    }
  }

  /**
   * Whether it lacks at most so many entries, and none that only a snapshot has. The log must still
   * have the newcomer's last entry: a leader that no longer knows its term sends a snapshot.
   */
  private boolean lacksAtMost(long entries, long lastLogIndex) {
    return lastLogIndex >= firstLogIndex.getAsLong()
        && node.getLastLogIndex() - lastLogIndex <= entries;
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
    FailPoint.SEAT_CHANGE.reach();
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
