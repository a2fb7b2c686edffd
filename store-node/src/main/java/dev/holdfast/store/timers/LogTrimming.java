package dev.holdfast.store.timers;

import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.state.log.LogRetention;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trims the event log of a replica to what its retention asks for, by log time. Local: no decision
 * reads the log before the trim, and no receipt that is kept loses its event.
 */
public final class LogTrimming implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(LogTrimming.class);

  private final PartitionReplica replica;
  private final Duration keep;
  private final long bytesMax;

  public LogTrimming(PartitionReplica replica, Duration keep, long bytesMax) {
    this.replica = replica;
    this.keep = keep;
    this.bytesMax = bytesMax;
  }

  @Override
  public void run() {
    long keepFrom = replica.clock().millis() - keep.toMillis();
    long earliest = replica.trimLog(keepFrom, bytesMax);
    if (earliest != LogRetention.NOTHING) {
      LOG.info("partition {}: the log now starts at {}", replica.partition(), earliest);
    }
  }
}
