package dev.holdfast.store.timers;

import dev.holdfast.store.partition.PartitionReplica;

/** Asks for a snapshot of a replica after so many events; Raft's own timer asks by time. */
public final class SnapshotTrigger implements Runnable {
  private final PartitionReplica replica;
  private final long everyEvents;
  private long lastSequence;

  public SnapshotTrigger(PartitionReplica replica, long everyEvents) {
    this.replica = replica;
    this.everyEvents = everyEvents;
    this.lastSequence = replica.store().logEnd().sequence();
  }

  @Override
  public void run() {
    long sequence = replica.store().logEnd().sequence();
    if (replica.fault() == null && sequence - lastSequence >= everyEvents) {
      lastSequence = sequence;
      replica.group().snapshot();
    }
  }
}
