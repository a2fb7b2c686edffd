package dev.holdfast.store.timers;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Asks for a snapshot of a replica after a number of events, but not too soon after the last one:
 * at full speed that number is reached within seconds, and a snapshot of a million records is a
 * second's work. After a longer time any change is enough. A snapshot that was refused or failed is
 * asked for again. Nobody else asks: JRaft, asked with nothing new, would cut its log behind the
 * newest snapshot, and no older one could take the place of one that is found corrupt.
 */
public final class SnapshotTrigger implements Runnable {
  private final LongSupplier sequence;
  private final LongSupplier snapshotSequence;
  private final Runnable snapshot;
  private final Rhythm rhythm;
  private final LongSupplier nanos;
  private final long startSequence;
  private final long startNanos;
  private long askedNanos;

  /**
   * The rhythm of snapshots.
   *
   * @param everyEvents after so many
   * @param spacing but not before so long after the one before
   * @param interval and after so long, when there was any
   */
  public record Rhythm(long everyEvents, Duration spacing, Duration interval) {}

  /**
   * @param sequence last event of the replica
   * @param snapshotSequence last event of its newest snapshot, 0 when none was made since the start
   * @param nanos the monotonic clock
   */
  public SnapshotTrigger(
      LongSupplier sequence,
      LongSupplier snapshotSequence,
      Runnable snapshot,
      Rhythm rhythm,
      LongSupplier nanos) {
    this.sequence = sequence;
    this.snapshotSequence = snapshotSequence;
    this.snapshot = snapshot;
    this.rhythm = rhythm;
    this.nanos = nanos;
    this.startSequence = sequence.getAsLong();
    this.startNanos = nanos.getAsLong();
    this.askedNanos = startNanos - rhythm.spacing().toNanos();
  }

  @Override
  public void run() {
    long now = nanos.getAsLong();
    long events = sequence.getAsLong() - Math.max(startSequence, snapshotSequence.getAsLong());
    boolean many = events >= rhythm.everyEvents();
    boolean late =
        events > 0 && now - Math.max(askedNanos, startNanos) >= rhythm.interval().toNanos();
    if ((many || late) && now - askedNanos >= rhythm.spacing().toNanos()) {
      askedNanos = now;
      snapshot.run();
    }
  }
}
