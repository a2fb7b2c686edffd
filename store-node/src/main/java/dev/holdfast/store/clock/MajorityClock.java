package dev.holdfast.store.clock;

import java.util.OptionalLong;

/**
 * The time that a majority of the cluster's clocks agrees on, by the latest comparison, as a base
 * of this node's monotonic clock ({@link NodeClock}). It holds until the next comparison: a step of
 * this node's wall clock does not move it, so it cannot be mistaken for evidence for the stepped
 * clock.
 */
public final class MajorityClock {
  private static final long UNKNOWN = Long.MIN_VALUE;

  private volatile long baseMillis = UNKNOWN;

  /** A majority was compared and agrees on this. */
  public void learn(long agreedBaseMillis) {
    baseMillis = agreedBaseMillis;
  }

  public OptionalLong baseMillis() {
    long known = baseMillis;
    return known == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(known);
  }
}
