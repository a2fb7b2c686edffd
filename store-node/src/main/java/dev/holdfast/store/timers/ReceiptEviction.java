package dev.holdfast.store.timers;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.store.clock.LogTime;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.state.log.OldReceipts;
import java.time.Duration;
import java.util.List;

/**
 * On the leader, asks for the oldest receipts to be forgotten when they are too old or too many, a
 * bounded number at a time, so that no single event takes long to apply.
 */
public final class ReceiptEviction implements Runnable {
  private static final long EVENTS_PER_COMMAND_MAX = 5_000;

  private final PartitionReplica replica;
  private final Duration retention;
  private final long countMax;
  private final LogTime clock;
  private final SystemCommand command;

  public ReceiptEviction(PartitionReplica replica, Duration retention, long countMax) {
    this.replica = replica;
    this.retention = retention;
    this.countMax = countMax;
    this.clock = replica.clock();
    this.command = new SystemCommand(queued -> replica.submit(List.of(queued)));
  }

  @Override
  public void run() {
    if (!replica.isLeading() || command.isInFlight()) {
      return;
    }
    long keepFrom = clock.millis() - retention.toMillis();
    long through =
        new OldReceipts(replica.state()).evictThrough(keepFrom, countMax, EVENTS_PER_COMMAND_MAX);
    if (through != OldReceipts.NONE) {
      FailPoint.EVICTION_DUE.reach();
      command.give(new Command.EvictReceipts(through));
    }
  }
}
