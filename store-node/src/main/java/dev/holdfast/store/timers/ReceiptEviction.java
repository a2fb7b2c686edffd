package dev.holdfast.store.timers;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.commit.Reply;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.state.OldReceipts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * On the leader, asks for the oldest receipts to be forgotten when they are too old or too many, a
 * bounded number at a time, so that no single event takes long to apply.
 */
public final class ReceiptEviction implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ReceiptEviction.class);
  private static final long EVENTS_PER_COMMAND_MAX = 5_000;

  private final PartitionReplica replica;
  private final Duration retention;
  private final long countMax;
  private final InstantSource clock;
  private final AtomicBoolean inFlight = new AtomicBoolean();

  public ReceiptEviction(
      PartitionReplica replica, Duration retention, long countMax, InstantSource clock) {
    this.replica = replica;
    this.retention = retention;
    this.countMax = countMax;
    this.clock = clock;
  }

  @Override
  public void run() {
    if (!replica.isLeading() || !inFlight.compareAndSet(false, true)) {
      return;
    }
    long keepFrom = clock.millis() - retention.toMillis();
    long through =
        new OldReceipts(replica.store()).evictThrough(keepFrom, countMax, EVENTS_PER_COMMAND_MAX);
    if (through == OldReceipts.NONE) {
      inFlight.set(false);
      return;
    }
    CommandRequest request = CommandRequest.ofSystem(new Command.EvictReceipts(through));
    replica.submit(List.of(new QueuedCommand(request, new Done(), 0)));
  }

  /** The next run looks at the state again, so a command that failed needs no more than a line. */
  private final class Done implements Reply {
    @Override
    public void decided(int index, long sequence, RecordedEvent event) {
      inFlight.set(false);
    }

    @Override
    public void failed(int index, Reason reason, String message) {
      LOG.debug("receipts were not evicted this time: {} {}", reason, message);
      inFlight.set(false);
    }
  }
}
