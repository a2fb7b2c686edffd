package dev.holdfast.aggregator.ingest;

import dev.holdfast.aggregator.view.Cursor;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** How far the view got in one partition. The writer moves it, any thread looks. */
public final class PartitionProgress {
  private final Freshness freshness = new Freshness();
  private final AtomicLong steps = new AtomicLong();

  private volatile Cursor cursor;
  private volatile long headSequence;
  private volatile String paused = "";
  private volatile OptionalLong currentAtNanos = OptionalLong.empty();

  PartitionProgress(Cursor cursor) {
    this.cursor = cursor;
    this.headSequence = cursor.sequence();
  }

  /** The stored view now stands here; the arrivals are those that led to it, in order. */
  void moved(Cursor to, List<Arrival> arrivals) {
    boolean advanced = to.sequence() > cursor.sequence();
    cursor = to;
    headSequence = Math.max(headSequence, to.sequence());
    for (Arrival arrival : arrivals) {
      headSequence = Math.max(to.sequence(), arrival.headSequence());
      freshness.seen(arrival, to.sequence());
    }
    currentAtNanos = freshness.currentAtNanos();
    if (advanced || isCurrent()) {
      steps.incrementAndGet();
    }
  }

  public Cursor cursor() {
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

  /** The last event that the partition is known to have. */
  public long headSequence() {
    return headSequence;
  }

  /** The last moment at which the view was known to include all of the partition's events. */
  public OptionalLong currentAtNanos() {
    return currentAtNanos;
  }

  /**
   * Rises with every write that got further, and with every message that found the view current.
   */
  public long steps() {
    return steps.get();
  }

  private boolean isCurrent() {
    return cursor.sequence() >= headSequence;
  }
}
