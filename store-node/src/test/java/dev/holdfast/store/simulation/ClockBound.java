package dev.holdfast.store.simulation;

import dev.holdfast.store.testing.ManualClock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The bound of log time: while no more than one clock was ever wrong, it is not further ahead of
 * the right time than the tolerance, and what right clocks may be off.
 */
final class ClockBound {
  /** A right clock is not further off. */
  static final long RIGHT_MILLIS = SimulatedNode.TOLERANCE.toMillis() / 5;

  /** What a fast monotonic clock adds within a history. */
  private static final long DRIFT_MILLIS = 3_000;

  private final List<SimulatedNode> nodes;
  private final Set<Integer> everWrong = new HashSet<>();

  ClockBound(List<SimulatedNode> nodes) {
    this.nodes = nodes;
  }

  void look(long passedMillis) {
    for (SimulatedNode node : nodes) {
      if (Math.abs(node.aheadMillis(passedMillis)) > RIGHT_MILLIS) {
        everWrong.add(node.number);
      }
    }
  }

  void check(long logMillis, long passedMillis) {
    long ahead = logMillis - ManualClock.START - passedMillis;
    long most = SimulatedNode.TOLERANCE.toMillis() + RIGHT_MILLIS + DRIFT_MILLIS;
    if (everWrong.size() <= 1 && ahead > most) {
      throw new AssertionError("log time is " + ahead + " ms ahead of what is right");
    }
  }
}
