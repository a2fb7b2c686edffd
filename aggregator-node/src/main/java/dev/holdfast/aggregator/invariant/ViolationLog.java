package dev.holdfast.aggregator.invariant;

import java.util.List;

/** Stored violations. For any thread. */
public interface ViolationLog {
  /** Newest first, with ids below one. */
  List<Violation> newest(int max, long beforeId);

  /** Those that are not repaired yet, newest first. */
  List<Violation> open();

  /** How many are not repaired yet; reads nothing. */
  int openCount();

  /** How many there ever were. */
  long count();
}
