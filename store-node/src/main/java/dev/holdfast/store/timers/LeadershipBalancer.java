package dev.holdfast.store.timers;

import dev.holdfast.store.partition.PartitionReplica;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands leadership of a partition back to its preferred node, once that has been alive for a while
 * and has nearly everything applied; until then a transfer would only stop writes. JRaft never does
 * this by itself. A replica that stopped deciding, but whose Raft goes on, is not left to lead
 * either: its peers would wait for it for ever. Run once a second on one thread.
 */
public final class LeadershipBalancer implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(LeadershipBalancer.class);
  private static final int ALIVE_RUNS = 3;
  private static final int PAUSE_RUNS = 10;
  private static final long LAG_MAX = 100;

  private final PartitionReplica replica;
  private final String preferred;
  private final boolean preferredHere;
  private final BiConsumer<Integer, LongConsumer> askAppliedIndex;
  private int aliveRuns;
  private int pause;

  /**
   * @param askAppliedIndex asks the preferred node how far it got in a partition; tells nothing
   *     when it does not answer
   */
  public LeadershipBalancer(
      PartitionReplica replica,
      String preferred,
      boolean preferredHere,
      BiConsumer<Integer, LongConsumer> askAppliedIndex) {
    this.replica = replica;
    this.preferred = preferred;
    this.preferredHere = preferredHere;
    this.askAppliedIndex = askAppliedIndex;
  }

  @Override
  public void run() {
    if (replica.fault() != null) {
      replica.group().transferToAny();
    } else if (preferredHere || !replica.isLeading() || !replica.group().isAlive(preferred)) {
      aliveRuns = 0;
    } else if (pause > 0) {
      pause--;
    } else if (++aliveRuns >= ALIVE_RUNS) {
      aliveRuns = 0;
      pause = PAUSE_RUNS;
      askAppliedIndex.accept(replica.partition(), this::transferIfClose);
    }
  }

  private void transferIfClose(long appliedIndex) {
    if (replica.group().lastLogIndex() - appliedIndex <= LAG_MAX) {
      boolean started = replica.group().transferTo(preferred);
      LOG.info(
          "partition {}: leadership {} to its preferred node {}",
          replica.partition(),
          started ? "goes back" : "could not go back",
          preferred);
    }
  }
}
