package dev.holdfast.aggregator.ingest;

import dev.holdfast.aggregator.view.ViewCursor;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** Progress of the view in one partition. The writer moves it, any thread reads it. */
public final class PartitionProgress {
  private final ConfirmedHeads freshness;
  private final AtomicLong steps = new AtomicLong();

  private volatile ViewCursor cursor;
  private volatile String paused = "";

  PartitionProgress(ViewCursor cursor) {
    this.cursor = cursor;
    this.freshness = new ConfirmedHeads(cursor.sequence());
  }

  /** The stored view now stands here. */
  void moved(ViewCursor to) {
    boolean advanced = to.sequence() > cursor.sequence();
    cursor = to;
    synchronized (freshness) {
      freshness.included(to.sequence());
    }
    if (advanced) {
      steps.incrementAndGet();
    }
  }

  /** A replica says that it has nothing behind this sequence. */
  void heard(long replicaSequence) {
    if (cursor.sequence() >= replicaSequence) {
      steps.incrementAndGet();
    }
  }

  /** A head was confirmed. For any thread. */
  public void confirmed(ConfirmedHead head) {
    synchronized (freshness) {
      freshness.confirmed(head);
    }
  }

  public ViewCursor cursor() {
    return cursor;
  }

  /** Nothing more is applied, for this reason; empty: it is again. */
  void paused(String why) {
    paused = why;
  }

  /** Why nothing more is applied; empty when it is. */
  public String paused() {
    return paused;
  }

  /** The last event that the partition is known to have; empty while that was never confirmed. */
  public OptionalLong headSequence() {
    OptionalLong head;
    synchronized (freshness) {
      head = freshness.headSequence();
    }
    return head.isEmpty() ? head : OptionalLong.of(Math.max(head.getAsLong(), cursor.sequence()));
  }

  /**
   * Events that the partition is known to have and the view lacks; empty while nothing is known.
   */
  public OptionalLong lagEvents() {
    OptionalLong head = headSequence();
    return head.isEmpty()
        ? head
        : OptionalLong.of(Math.max(0, head.getAsLong() - cursor.sequence()));
  }

  /** The last moment at which the view was known to include all of the partition's events. */
  public OptionalLong currentAtNanos() {
    synchronized (freshness) {
      return freshness.currentAtNanos();
    }
  }

  /** Rises with every write that got further, and with every message that found nothing missing. */
  public long steps() {
    return steps.get();
  }
}
