package dev.holdfast.aggregator.ingest;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Since when a partition's part of the view may be out of date. A message says which sequence was
 * the newest when it came in; once the view includes that sequence, it is known to have been
 * current at that moment. One such moment is followed at a time, so the answer is never too good.
 */
final class Freshness {
  private @Nullable Arrival awaited;
  private OptionalLong currentAtNanos = OptionalLong.empty();

  /** The view includes everything up to a sequence, and a message told of the head. */
  void seen(Arrival arrival, long includedSequence) {
    if (includedSequence >= arrival.headSequence()) {
      awaited = null;
      currentAtNanos = OptionalLong.of(arrival.nanos());
    } else if (awaited == null) {
      awaited = arrival;
    } else if (includedSequence >= awaited.headSequence()) {
      currentAtNanos = OptionalLong.of(awaited.nanos());
      awaited = arrival;
    }
  }

  /** The last moment at which the view was known to be current; empty when never. */
  OptionalLong currentAtNanos() {
    return currentAtNanos;
  }
}
