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
 * learner while it lacks much, then by joint consensus. One step at a time, each of them a
 * committed configuration; whoever leads goes on where the one before ended.
 */
final class Seats {
  private static final Logger LOG = LoggerFactory.getLogger(Seats.class);

  /** Entries that a replica may lack when it is to become a voter: JRaft's own margin. */
  private static final long LAG_MAX = 1_000;

  private final Node node;

  Seats(Node node) {
    this.node = node;
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
    boolean level = node.getLastLogIndex() - lastLogIndex <= LAG_MAX;
    if (node.listPeers().contains(newcomer)
        || newcomer.getIdx() < nextIncarnation(newcomer.getEndpoint()) - 1) {
      return; // it sits, or another has taken its place since
    }
    if (!node.listLearners().contains(newcomer)) {
      if (level) {
        replace(newcomer);
      } else {
        node.addLearners(List.of(newcomer), status -> log("learns", newcomer, status));
      }
    } else if (level) {
      // JRaft takes no learner for a voter in one step. It keeps its log, so it is level again
      // soon.
      node.removeLearners(
          List.of(newcomer),
          status -> {
            log("has learned enough", newcomer, status);
            if (status.isOk()) {
              replace(newcomer);
            }
          });
    }
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
