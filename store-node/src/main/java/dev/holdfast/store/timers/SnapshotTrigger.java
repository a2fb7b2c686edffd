package dev.holdfast.store.timers;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Asks for a snapshot of a replica after so many events, but not before so long after the last one:
 * at full speed events come by the second, and a snapshot of a million records is a second's work.
 * Raft's own timer asks by time.
 */
public final class SnapshotTrigger implements Runnable {
  private final LongSupplier sequence;
  private final Runnable snapshot;
  private final long everyEvents;
  private final Duration spacing;
  private final InstantSource clock;
  private long lastSequence;
  private long lastMillis;

  /**
   * @param sequence last event of the replica
   */
  public SnapshotTrigger(
      LongSupplier sequence,
      Runnable snapshot,
      long everyEvents,
      Duration spacing,
      InstantSource clock) {
    this.sequence = sequence;
    this.snapshot = snapshot;
    this.everyEvents = everyEvents;
    this.spacing = spacing;
    this.clock = clock;
    this.lastSequence = sequence.getAsLong();
  }

  @Override
  public void run() {
    long now = clock.millis();
    long reached = sequence.getAsLong();
    if (reached - lastSequence >= everyEvents && Math.abs(now - lastMillis) >= spacing.toMillis()) {
      lastSequence = reached;
      lastMillis = now;
      snapshot.run();
    }
  }
}
