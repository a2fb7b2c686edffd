package dev.holdfast.store.state.log;

import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.codec.UnreadableException;
import dev.holdfast.common.domain.BookLevel;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.state.db.EventLog;
import dev.holdfast.store.state.fault.StateFault;
import dev.holdfast.store.state.read.StateReads;
import org.jspecify.annotations.Nullable;

/**
 * Finds the units on hand of an item at a past time: the level before its first change after that
 * time, or the level now when there was none. The log's batches are in the order of their times, so
 * the first one after a time is found by halving.
 */
public final class StockAsOf {
  private static final String NOT_KEPT = "the event log is not kept for so long";

  private final StateReads state;

  public StockAsOf(StateReads state) {
    this.state = state;
  }

  /**
   * What was found.
   *
   * @param book null when the item is not there, which the decision tells better, or not known
   * @param unknown why the log does not tell; empty when it does
   */
  public record Answer(@Nullable BookLevel book, String unknown) {
    public boolean isKnown() {
      return unknown.isEmpty();
    }

    static Answer of(@Nullable BookLevel book) {
      return new Answer(book, "");
    }

    static Answer unknown(String why) {
      return new Answer(null, why);
    }
  }

  /**
   * Goes over the log from the first batch after the time on.
   *
   * @param eventsMax that may be gone over
   */
  public Answer find(StockKey item, long millis, long eventsMax) {
    // Before the log is read: a change in between is then found there.
    StockLevel now = state.stock(item);
    if (now == null || now.isDeleted()) {
      return Answer.of(null);
    }
    long last = state.logEnd().sequence();
    long earliest = state.earliestSequence();
    long from = firstAfter(millis, earliest, last);
    if (from == earliest && from > 1) {
      return Answer.unknown(NOT_KEPT);
    }
    if (last - from >= eventsMax) {
      return Answer.unknown("more than " + eventsMax + " events came since");
    }
    FirstChange change = firstChange(item, millis, from);
    if (state.earliestSequence() > from) {
      return Answer.unknown(NOT_KEPT); // trimmed while it was read
    }
    if (!change.isFound()) {
      return Answer.of(new BookLevel(now.onHand(), now.version()));
    }
    return Answer.of(new BookLevel(change.onHandBefore(), Command.ANY_VERSION));
  }

  /** The first sequence of the first batch after a time; the one behind the last when none is. */
  private long firstAfter(long millis, long earliest, long last) {
    long low = earliest;
    long high = last + 1;
    while (low < high) {
      long middle = low + (high - low) / 2;
      EventBatchCodec.Head head = headHolding(middle);
      if (head.timeMillis() > millis) {
        high = head.firstSequence() < middle ? Math.max(low, head.firstSequence()) : middle;
      } else {
        low = head.firstSequence() + head.events();
      }
    }
    return low;
  }

  private EventBatchCodec.Head headHolding(long sequence) {
    EventBatchCodec.Head[] head = new EventBatchCodec.Head[1];
    state.forEachBatch(
        sequence,
        (first, encoded) -> {
          head[0] = head(encoded, first);
          return false;
        });
    if (head[0] == null) {
      throw new StateFault("event " + sequence + " is not in the log");
    }
    return head[0];
  }

  private static EventBatchCodec.Head head(byte[] encoded, long first) {
    try {
      return EventBatchCodec.head(encoded);
    } catch (UnreadableException e) {
      throw StateFault.ofLog(first, e);
    }
  }

  private FirstChange firstChange(StockKey item, long millis, long from) {
    FirstChange change = new FirstChange(item);
    state.forEachBatch(from, (first, encoded) -> visit(first, encoded, millis, change));
    return change;
  }

  private static boolean visit(long first, byte[] encoded, long millis, FirstChange change) {
    EventBatch batch = EventLog.decode(encoded, first);
    if (batch.timeMillis() > millis) {
      for (RecordedEvent event : batch.events()) {
        event.foldInto(change, batch.timeMillis());
      }
    }
    return !change.isFound();
  }
}
