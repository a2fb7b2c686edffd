package dev.holdfast.aggregator.ingest;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Since when a partition's part of the view may be out of date. Once the view includes a confirmed
 * head, it is known to have been current at the moment at which that head was asked for. What a
 * replica says by itself counts for nothing: it may apply slowly. One such moment is waited for at
 * a time, and the newest one behind it, so the answer is never too good.
 */
final class ConfirmedHeads {
  private @Nullable ConfirmedHead awaited;
  private @Nullable ConfirmedHead newest;
  private long included;
  private OptionalLong currentAtNanos = OptionalLong.empty();

  ConfirmedHeads(long includedSequence) {
    included = includedSequence;
  }

  /** A head was confirmed. */
  void confirmed(ConfirmedHead head) {
    newest = head;
    awaited = awaited == null ? head : awaited;
    settle();
  }

  /** The view includes everything up to a sequence. */
  void included(long sequence) {
    included = sequence;
    settle();
  }

  private void settle() {
    if (awaited != null && awaited.sequence() <= included) {
      currentAtNanos = OptionalLong.of(awaited.askedNanos());
      awaited = null;
    }
    if (newest != null && newest.sequence() <= included) {
      currentAtNanos = OptionalLong.of(newest.askedNanos());
      awaited = null;
    } else if (awaited == null) {
      awaited = newest;
    }
  }

  /** The last moment at which the view was known to be current; empty when never. */
  OptionalLong currentAtNanos() {
    return currentAtNanos;
  }

  /** The newest head that was confirmed; empty while none was. */
  OptionalLong headSequence() {
    return newest == null ? OptionalLong.empty() : OptionalLong.of(newest.sequence());
  }
}
