package dev.holdfast.store.clock;

import java.time.Duration;

/**
 * The settings that all log clocks of a node share.
 *
 * @param tolerance how far a wall clock may be ahead of what is known before it does not count
 */
public record LogClocks(NodeClock clock, MajorityClock majority, Duration tolerance) {
  /**
   * The clock of a partition.
   *
   * @param lastBatchMillis time of the last batch of its state, 0 for none
   */
  public LogClock open(long lastBatchMillis) {
    return new LogClock(clock, majority, tolerance, lastBatchMillis);
  }
}
