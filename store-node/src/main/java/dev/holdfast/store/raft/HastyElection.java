package dev.holdfast.store.raft;

import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.option.NodeOptions;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts an early pre-vote when the connection to the leader breaks: a process that dies closes its
 * connections at once, so that nobody needs to wait a whole election timeout. It only asks earlier.
 * A leader that is alive goes on sending heartbeats, and followers that still receive them vote for
 * nobody.
 *
 * <p>Followers take turns, so that two do not split the votes.
 */
final class HastyElection {
  private static final Logger LOG = LoggerFactory.getLogger(HastyElection.class);

  private static final int TIMEOUT_MILLIS_MIN = 200;
  private static final int DELAY_MILLIS_MAX = 20;
  private static final int TURN_MILLIS = 250;
  private static final int LOOK_MILLIS = 25;
  private static final int HASTE_MILLIS_MAX = 2_000;

  private final Node node;
  private final NodeOptions options;
  private final Duration usualTimeout;
  private final int timeoutMillis;
  private final ScheduledExecutorService timer;
  private boolean over; // on the timer's thread

  HastyElection(RunningReplica replica, Duration usualTimeout, ScheduledExecutorService timer) {
    this.node = replica.node();
    this.options = replica.options();
    this.usualTimeout = usualTimeout;
    // Three heartbeats, which are a tenth of the usual timeout apart.
    this.timeoutMillis = (int) Math.max(TIMEOUT_MILLIS_MIN, usualTimeout.toMillis() * 3 / 10);
    this.timer = timer;
  }

  /**
   * Begins the pre-vote, unless this node leads. Does not wait for it, nor for locks of Raft.
   *
   * @param turn 0 for the follower that asks first
   */
  void begin(int turn) {
    later(0, () -> beginNow(turn));
  }

  private void beginNow(int turn) {
    PeerId gone = node.getLeaderId();
    if (gone == null || node.isLeader(false) || usualTimeout.toMillis() <= timeoutMillis) {
      return;
    }
    LOG.info("{}: the connection to its leader {} broke", node.getGroupId(), gone);
    options.getRaftOptions().setMaxElectionDelayMs(DELAY_MILLIS_MAX);
    options.setElectionTimeoutMs(timeoutMillis); // from now on it grants pre-votes as early
    later(TURN_MILLIS * turn, () -> ask(gone));
    later(LOOK_MILLIS, () -> endWhenOver(gone, HASTE_MILLIS_MAX));
  }

  private void ask(PeerId gone) {
    if (!over && isWithout(gone, node.getLeaderId())) {
      node.resetElectionTimeoutMs(timeoutMillis);
    }
  }

  private static boolean isWithout(PeerId gone, @Nullable PeerId leader) {
    return leader == null || leader.equals(gone);
  }

  private void endWhenOver(PeerId gone, int millisLeft) {
    if (millisLeft > 0 && isWithout(gone, node.getLeaderId())) {
      later(LOOK_MILLIS, () -> endWhenOver(gone, millisLeft - LOOK_MILLIS));
      return;
    }
    over = true;
    options.getRaftOptions().setMaxElectionDelayMs(RaftTuning.ELECTION_DELAY_MILLIS_MAX);
    node.resetElectionTimeoutMs((int) usualTimeout.toMillis());
  }

  private void later(int millis, Runnable task) {
    try {
      var unused = timer.schedule(task, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stopping) {
      LOG.debug("{} stops", node.getGroupId());
    }
  }
}
