package dev.holdfast.store.timers;

import dev.holdfast.store.partition.PartitionReplica;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Asks for a snapshot of a replica after so many events, but not before so long after the last one:
 * at full speed events come by the second, and a snapshot of a million records is a second's work.
 * Raft's own timer asks by time.
 */
public final class SnapshotTrigger implements Runnable {
  private final PartitionReplica replica;
  private final long everyEvents;
  private final Duration spacing;
  private final InstantSource clock;
  private long lastSequence;
  private long notBeforeMillis;

  public SnapshotTrigger(
      PartitionReplica replica, long everyEvents, Duration spacing, InstantSource clock) {
    this.replica = replica;
    this.everyEvents = everyEvents;
    this.spacing = spacing;
    this.clock = clock;
    this.lastSequence = replica.store().logEnd().sequence();
  }

  @Override
  public void run() {
    long sequence = replica.store().logEnd().sequence();
    long now = clock.millis();
    boolean due = sequence - lastSequence >= everyEvents && now >= notBeforeMillis;
    if (due && replica.fault() == null) {
      lastSequence = sequence;
      notBeforeMillis = now + spacing.toMillis();
      replica.group().snapshot();
    }
  }
}
