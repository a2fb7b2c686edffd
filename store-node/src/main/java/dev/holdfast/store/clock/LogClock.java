package dev.holdfast.store.clock;

import java.time.Duration;

/**
 * The one clock of a partition on this node, for the deciding thread and for all timers and limits.
 *
 * <ul>
 *   <li>Its <em>floor</em> is the time of the last batch plus what the monotonic clock counted
 *       since. It never shows less, so it never runs backwards, and goes on at the pace of the
 *       monotonic clock while the wall clock is behind.
 *   <li>It takes the wall clock up to its <em>ceiling</em>: the tolerance above the latest of what
 *       the log brought here (at the start, or from other leaders) and what the majority's clocks
 *       show. A wall clock beyond the ceiling does not count at all: it was set, and nobody agrees.
 * </ul>
 *
 * So a node that jumps changes nothing, and a cluster whose clocks all jump goes along. Any thread.
 */
public final class LogClock implements LogTime {
  /** A leader that finds no majority to compare with decides all the same after this time. */
  static final Duration SETTLE_MAX = Duration.ofSeconds(10);

  private final NodeClock clock;
  private final MajorityClock majority;
  private final long toleranceMillis;
  private final long openedMillis;

  /** Log time minus monotonic clock: rises when the wall clock or a batch is ahead, never falls. */
  private long floorBase;

  /**
   * As above, counted from what the log brought. What this node itself took does not move its
   * ceiling.
   */
  private long logBase;

  private boolean empty;
  private volatile boolean settled;

  /**
   * @param lastBatchMillis time of the last batch of the state that was opened, 0 for none
   */
  LogClock(NodeClock clock, MajorityClock majority, Duration tolerance, long lastBatchMillis) {
    this.clock = clock;
    this.majority = majority;
    this.toleranceMillis = tolerance.toMillis();
    this.openedMillis = clock.monotonicMillis();
    this.floorBase = lastBatchMillis - openedMillis;
    this.logBase = floorBase;
    this.empty = lastBatchMillis == 0;
  }

  @Override
  public synchronized long millis() {
    // In this order: a pause between the two makes the wall clock seem behind, which is harmless.
    long wallMillis = clock.wallMillis();
    long monotonicMillis = clock.monotonicMillis();
    long wallBase = wallMillis - monotonicMillis;
    if (wallBase <= majority.baseMillis().orElse(logBase) + toleranceMillis
        || wallBase <= logBase + toleranceMillis) {
      floorBase = Math.max(floorBase, wallBase);
    } else if (empty && settled) {
      return wallMillis; // nothing was promised to anybody, and nobody knows better
    }
    return floorBase + monotonicMillis;
  }

  /** The state now ends with a batch of this time. On the applying thread. */
  public synchronized void applied(long batchMillis) {
    long batchBase = batchMillis - clock.monotonicMillis();
    empty = empty && batchMillis == 0;
    if (batchBase > floorBase) {
      floorBase = batchBase;
      logBase = batchBase;
    }
  }

  /**
   * Whether it is time to decide by this clock. After a start of the whole cluster the log stands
   * where it ended, perhaps days ago, until the clocks are compared: what is decided before would
   * be over at once when log time then follows. So a leader waits for that, but not for ever.
   */
  public boolean isSettled() {
    if (!settled) {
      settled = isNearby() || clock.monotonicMillis() - openedMillis >= SETTLE_MAX.toMillis();
    }
    return settled;
  }

  /** Whether the wall clock is where the majority's clocks are, or the log. */
  private synchronized boolean isNearby() {
    long wallBase = clock.baseMillis();
    boolean agreed =
        majority.baseMillis().isPresent()
            && Math.abs(wallBase - majority.baseMillis().getAsLong()) <= toleranceMillis;
    return agreed || Math.abs(wallBase - floorBase) <= toleranceMillis;
  }
}
