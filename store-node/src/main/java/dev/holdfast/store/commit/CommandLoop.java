package dev.holdfast.store.commit;

import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.clock.LogTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides the commands of one partition, on one thread of its own, while this node leads it: drains
 * what waits, decides it on the speculative state, and proposes it as one batch. A bounded number
 * of batches is in flight, and a further one goes out only when it is as large as they are ({@link
 * Epoch#batchCommandsMin}), or full: a round of Raft costs the same whatever it carries. So a
 * single command goes out at once, and batches grow by themselves when the log is the slower part.
 *
 * <pre>
 *               lead(term)                       a proposal fails
 *   FOLLOWING -------------> DECIDING (an epoch) -----------------> BROKEN
 *       ^                      ^        |                             |
 *       |      follow()        |        |      nothing in flight      |
 *       +----------------------|--------+      (a new epoch, from     |
 *       |                      +-------------- applied state) --------+
 *       +-------------------------------------------------- follow() -+
 * </pre>
 *
 * <p>Queued commands are refused while it follows and wait while the epoch is broken. A fault, or
 * {@link #close}, ends the loop from any state.
 */
public final class CommandLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CommandLoop.class);
  private static final long NOT_LEADING = 0;
  private static final long STOP_MILLIS_MAX = 30_000;
  private static final String NOT_TRIED = "not tried: this node does not lead the partition";
  private static final String NOT_DECIDED = "not tried: this node had to stop; another will lead";
  private static final String QUEUE_FULL = "not tried: the partition's queue is full; slow down";

  private final CommandQueue queue;
  private final CommitSettings settings;
  private final AppliedView applied;
  private final ReplicatedLog log;
  private final BatchDecider decider;
  private final CommitMetrics metrics;
  private final Proposer proposer;
  private final Thread thread;
  private final AtomicBoolean idle = new AtomicBoolean();

  private volatile long leaderTerm = NOT_LEADING;
  private volatile boolean stopping;
  private volatile int wakeAtCommands;
  private @Nullable Epoch epoch;

  public CommandLoop(
      int partition,
      CommitSettings settings,
      AppliedView applied,
      ReplicatedLog log,
      CommitMetrics metrics,
      LogTime clock) {
    this.queue = new CommandQueue(settings.queueCommandsMax(), settings.queueBytesMax());
    this.settings = settings;
    this.applied = applied;
    this.log = log;
    this.metrics = metrics;
    this.decider = new BatchDecider(partition, settings, clock);
    this.proposer = new Proposer(applied, log, metrics, this::wake);
    this.thread = new Thread(this::run, "commands-" + partition);
  }

  /** Starts the thread; a simulation takes the turns itself. */
  public CommandLoop start() {
    thread.start();
    return this;
  }

  /** Takes the commands of a call, or refuses them all at once. Never blocks. */
  public void submit(List<QueuedCommand> commands) {
    if (!isLeading()) {
      commands.forEach(command -> command.fail(Reason.NO_LEADER, NOT_TRIED));
    } else if (!queue.offer(commands)) {
      commands.forEach(command -> command.fail(Reason.OVERLOADED, QUEUE_FULL));
    } else if (stopping) {
      refuseQueued(); // the loop may have looked at the queue for the last time already
    } else if (idle.get() && isWorthABatch(wakeAtCommands)) {
      wake();
    }
  }

  /** This node leads from now on; its applied state holds everything of the terms before. */
  public void lead(long term) {
    leaderTerm = term;
    wake();
  }

  /** This node does not lead any more. */
  public void follow() {
    leaderTerm = NOT_LEADING;
    wake();
  }

  public boolean isLeading() {
    return leaderTerm != NOT_LEADING && !stopping;
  }

  public int queuedCommands() {
    return queue.size();
  }

  private void run() {
    try {
      while (!stopping) {
        turn();
        sleepUntilNeeded();
      }
      refuseQueued();
    } catch (RuntimeException | Error e) {
      // An error too: a dead thread that still leads would let every caller wait for ever.
      stopAt(e);
    }
  }

  /** A fault ends the loop for good. On the loop's thread. */
  void stopAt(Throwable fault) {
    LOG.error("fault while deciding; the partition stops on this node", fault);
    leaderTerm = NOT_LEADING;
    stopping = true;
    refuseQueued();
    log.resign();
  }

  /** One look at everything that there is to do. On the loop's thread. */
  void turn() {
    Epoch current = currentEpoch();
    if (current == null) {
      refuseQueued();
    } else if (current.isOver()) {
      metrics.epochRenewed();
      epoch = new Epoch(current.term, applied, settings);
    } else if (canPropose(current)) {
      current.state.prune(applied.logEnd().sequence());
      List<QueuedCommand> commands =
          queue.drain(settings.batchCommandsMax(), settings.batchBytesMax());
      DecidedBatch decided = decide(current, commands);
      if (decided != null) {
        queue.putBack(commands.subList(decided.replies().size(), commands.size()));
        proposer.propose(current, decided);
      }
    }
  }

  /**
   * Null when leadership ended meanwhile and deciding failed: the applied state may hold events of
   * another leader then, which do not fit those of this epoch, and that is no fault. A fault here
   * is before the log, so its callers can be told that nothing was tried.
   */
  private @Nullable DecidedBatch decide(Epoch current, List<QueuedCommand> commands) {
    try {
      FailPoint.COMMANDS_DRAINED.reach();
      DecidedBatch decided = decider.decide(current, commands);
      FailPoint.BATCH_DECIDED.reach();
      return decided;
    } catch (RuntimeException | Error e) {
      boolean isFault = e instanceof Error || leaderTerm == current.term;
      String why = isFault ? NOT_DECIDED : NOT_TRIED;
      commands.forEach(command -> command.fail(Reason.NO_LEADER, why));
      if (isFault) {
        throw e;
      }
      return null;
    }
  }

  private boolean canPropose(Epoch current) {
    return !current.isBroken()
        && !queue.isEmpty()
        && current.batchesInFlight() < settings.batchesInFlightMax()
        && isWorthABatch(current.batchCommandsMin());
  }

  private boolean isWorthABatch(int commandsMin) {
    int commands = queue.size();
    return commands >= commandsMin
        || commands >= settings.batchCommandsMax()
        || queue.bytes() >= settings.batchBytesMax();
  }

  /** The epoch of the current term, a new one when the term changed, null when not leading. */
  private @Nullable Epoch currentEpoch() {
    long term = leaderTerm;
    if (term == NOT_LEADING) {
      epoch = null;
    } else if (epoch == null || epoch.term != term) {
      epoch = new Epoch(term, applied, settings);
    }
    return epoch;
  }

  private void refuseQueued() {
    while (!queue.isEmpty()) {
      for (QueuedCommand command : queue.drain(Integer.MAX_VALUE, Long.MAX_VALUE)) {
        command.fail(Reason.NO_LEADER, NOT_TRIED);
      }
    }
  }

  /** The flag goes up before the last look, so no wake-up is lost. */
  private void sleepUntilNeeded() {
    Epoch current = epoch;
    wakeAtCommands = current == null ? 0 : current.batchCommandsMin();
    idle.set(true);
    if (!stopping && !isNeeded()) {
      LockSupport.park(this);
    }
    idle.set(false);
  }

  private boolean isNeeded() {
    Epoch current = epoch;
    if (current == null) {
      return leaderTerm != NOT_LEADING || !queue.isEmpty();
    }
    return leaderTerm != current.term || current.isOver() || canPropose(current);
  }

  private void wake() {
    LockSupport.unpark(thread);
  }

  /** Stops deciding; what is in flight still gets its answer from the log. */
  @Override
  public void close() {
    stopping = true;
    wake();
    try {
      thread.join(STOP_MILLIS_MAX);
      if (thread.isAlive()) {
        LOG.error("{} does not stop; it is left behind", thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
