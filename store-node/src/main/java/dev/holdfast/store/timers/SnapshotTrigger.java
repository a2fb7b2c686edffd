package dev.holdfast.store.timers;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Asks for a snapshot of a replica after so many events, but not before so long after the last one:
 * at full speed events come by the second, and a snapshot of a million records is a second's work.
 * One that was refused or failed is asked for again. Raft's own timer asks by time.
 */
public final class SnapshotTrigger implements Runnable {
  private final LongSupplier sequence;
  private final LongSupplier snapshotSequence;
  private final Runnable snapshot;
  private final long everyEvents;
  private final Duration spacing;
  private final LongSupplier nanos;
  private final long startSequence;
  private long lastNanos;

  /**
   * @param sequence last event of the replica
   * @param snapshotSequence last event of its newest snapshot, 0 when none was made since the start
   * @param nanos the monotonic clock
   */
  public SnapshotTrigger(
      LongSupplier sequence,
      LongSupplier snapshotSequence,
      Runnable snapshot,
      long everyEvents,
      Duration spacing,
      LongSupplier nanos) {
    this.sequence = sequence;
    this.snapshot = snapshot;
    this.everyEvents = everyEvents;
    this.spacing = spacing;
    this.nanos = nanos;
    this.lastNanos = nanos.getAsLong() - spacing.toNanos();
    this.snapshotSequence = snapshotSequence;
    this.startSequence = sequence.getAsLong();
  }

  @Override
  public void run() {
    long now = nanos.getAsLong();
    long since = Math.max(startSequence, snapshotSequence.getAsLong());
    boolean many = sequence.getAsLong() - since >= everyEvents;
    if (many && now - lastNanos >= spacing.toNanos()) {
      lastNanos = now;
      snapshot.run();
    }
  }
}
