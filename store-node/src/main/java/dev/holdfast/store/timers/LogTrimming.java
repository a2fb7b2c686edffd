package dev.holdfast.store.timers;

import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.state.LogRetention;
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
  private final LogRetention retention;
  private final Duration keep;

  public LogTrimming(PartitionReplica replica, Duration keep, long bytesMax) {
    this.replica = replica;
    this.retention = new LogRetention(replica.store(), bytesMax);
    this.keep = keep;
  }

  @Override
  public void run() {
    long earliest = retention.trim(replica.clock().millis() - keep.toMillis());
    if (earliest != LogRetention.NOTHING) {
      LOG.info("partition {}: the log now starts at {}", replica.partition(), earliest);
    }
  }
}
