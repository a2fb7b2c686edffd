package dev.holdfast.aggregator.ingest;

import com.google.common.hash.HashCode;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.common.domain.EventBatch;

/**
 * Lets a batch through only if it is the one that follows: gapless by sequence, and linked to what
 * the view includes by the hash chain. Pure.
 */
final class SequenceGate {
  private SequenceGate() {}

  /** The verdict on a batch. */
  sealed interface Verdict {
    /** It follows on the cursor; afterwards the cursor is at its end, its changes to be folded. */
    record Next(ViewCursor end) implements Verdict {}

    /** The view includes it. */
    record Duplicate() implements Verdict {}

    /** It cannot be applied. */
    record Refused(FeedDefect defect) implements Verdict {}
  }

  static Verdict check(int partition, ViewCursor cursor, EventBatch batch, HashCode hash) {
    if (batch.partition() != partition) {
      return refused(FeedDefect.Kind.CORRUPT, "a batch of partition " + batch.partition());
    }
    if (batch.events().isEmpty() || batch.firstSequence() < 1) {
      return refused(FeedDefect.Kind.CORRUPT, "a batch without events");
    }
    if (batch.firstSequence() > cursor.nextSequence()) {
      return refused(FeedDefect.Kind.GAP, found(cursor, batch));
    }
    return batch.firstSequence() == cursor.nextSequence()
        ? following(cursor, batch, hash)
        : earlier(cursor, batch, hash);
  }

  private static Verdict following(ViewCursor cursor, EventBatch batch, HashCode hash) {
    if (!HashCode.fromBytes(batch.previousHash()).equals(cursor.batchHash())) {
      return refused(
          FeedDefect.Kind.BROKEN_CHAIN,
          "batch " + batch.firstSequence() + " is not linked to the batch before");
    }
    return new Verdict.Next(cursor.at(batch.lastSequence(), hash, batch.timeMillis()));
  }

  /** Batches never change, so an earlier one ends before the cursor or is the one at the cursor. */
  private static Verdict earlier(ViewCursor cursor, EventBatch batch, HashCode hash) {
    long last = batch.lastSequence();
    boolean known =
        last < cursor.sequence() || (last == cursor.sequence() && hash.equals(cursor.batchHash()));
    return known
        ? new Verdict.Duplicate()
        : refused(
            FeedDefect.Kind.BROKEN_CHAIN, "another batch than before; " + found(cursor, batch));
  }

  private static String found(ViewCursor cursor, EventBatch batch) {
    return "the view includes "
        + cursor.sequence()
        + ", the batch has "
        + batch.firstSequence()
        + " to "
        + batch.lastSequence();
  }

  private static Verdict refused(FeedDefect.Kind kind, String detail) {
    return new Verdict.Refused(new FeedDefect(kind, detail));
  }
}
