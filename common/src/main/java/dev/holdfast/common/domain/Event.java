package dev.holdfast.common.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event of the log. Events carry the resulting levels, so that a reader of the log writes
 * without reading.
 */
public sealed interface Event
    permits Event.OfItem,
        Event.OrderExecuted,
        Event.CommandRejected,
        Event.OfNoStore,
        ReservationEvent,
        TermsEvent,
        LeaseEvent,
        TransferEvent {
  default EventKind kind() {
    return EventKind.of(this);
  }

  /** Tells of the event besides what it does to stock. */
  EventFacts facts();

  /** About how many lines of items its encoding holds: one, unless an event has several. */
  default int lineCount() {
    return 1;
  }

  /**
   * The fold: does to the state what happened. The same everywhere, and blind: it reads nothing,
   * and the level before is in the event too.
   *
   * @param recorded who asked for it and why: this event's record, or that of the order whose step
   *     it is
   * @param timeMillis of the decision
   */
  void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis);

  /** An event of one item. */
  sealed interface OfItem extends Event {
    StockKey item();

    @Override
    default EventFacts facts() {
      return EventFacts.ofStore(kind(), item().store());
    }
  }

  /**
   * An item now exists.
   *
   * @param before as its deletion left it, or null when there never was one
   */
  record ItemCreated(StockKey item, @Nullable StockLevel before, StockLevel after)
      implements OfItem {
    public ItemCreated(StockKey item, StockLevel after) {
      this(item, null, after);
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      changes.putStock(item, before, after);
    }
  }

  /**
   * The quantity on hand changed.
   *
   * @param delta by how much on hand changed; 0 only beside a shortfall
   * @param shortfall units that left the store though its books did not have them free: recorded
   *     only for what had happened already, else 0
   */
  record StockAdjusted(
      StockKey item, long delta, AdjustmentReason reason, StockLevel after, long shortfall)
      implements OfItem {
    /** The books had all of it. */
    public StockAdjusted(StockKey item, long delta, AdjustmentReason reason, StockLevel after) {
      this(item, delta, reason, after, 0);
    }

    @Override
    public EventFacts facts() {
      return new EventFacts(kind(), item.store(), "", "", reason.name());
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      changes.putStock(item, after.unchanged(delta, 0, 0), after);
    }
  }

  /**
   * Somebody counted: on hand rose by what the count differed from the book then.
   *
   * @param countedMillis when
   * @param book units on hand then, as the log has it
   */
  record StockCounted(StockKey item, long counted, long countedMillis, long book, StockLevel after)
      implements OfItem {
    public long difference() {
      return counted - book;
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      changes.putStock(item, after.unchanged(difference(), 0, 0), after);
    }
  }

  /**
   * Several operations on one store, all of them.
   *
   * @param steps in their order; none is an order itself
   */
  record OrderExecuted(String store, List<Event> steps) implements Event {
    public OrderExecuted {
      steps = List.copyOf(steps);
      if (steps.stream().anyMatch(OrderExecuted.class::isInstance)) {
        throw new IllegalArgumentException("an order within an order");
      }
    }

    @Override
    public EventFacts facts() {
      return EventFacts.ofStore(kind(), store);
    }

    @Override
    public int lineCount() {
      return steps.stream().mapToInt(Event::lineCount).sum();
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      for (Event step : steps) {
        step.foldInto(changes, recorded, timeMillis);
      }
    }
  }

  /**
   * A command was decided against; nothing else changed.
   *
   * @param operation of an order that it failed on, from 1; 0 for any other command
   */
  record CommandRejected(
      CommandKind command, String store, String reservationId, Rejection rejection, int operation)
      implements Event {
    public CommandRejected(
        CommandKind command, String store, String reservationId, Rejection rejection) {
      this(command, store, reservationId, rejection, 0);
    }

    /** The rejection of an order that this operation failed in. */
    public CommandRejected ofOrder(int index) {
      return new CommandRejected(
          CommandKind.SUBMIT_ORDER, store, reservationId, rejection, index + 1);
    }

    @Override
    public EventFacts facts() {
      String reason = rejection.code().name();
      return new EventFacts(kind(), store, rejection.sku(), reservationId, reason);
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {}
  }

  /** An event that is of no store, and changes no stock. */
  sealed interface OfNoStore extends Event {
    @Override
    default EventFacts facts() {
      return EventFacts.ofStore(kind(), "");
    }

    @Override
    default void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {}
  }

  /** The receipts of all events up to and including a sequence are forgotten. */
  record ReceiptsEvicted(long throughSequence) implements OfNoStore {}

  /** What all stock records of the partition add up to at this place in the log. */
  record StateDigestRecorded(StateDigest digest) implements OfNoStore {}

  /**
   * Something that this build cannot read: of a newer type, or impossible. It has no kind, format
   * or fold; only a reader that can put it aside gets to see it.
   */
  record Unreadable(String reason) implements OfNoStore {
    @Override
    public EventKind kind() {
      throw new IllegalStateException("no kind of an event that cannot be read: " + reason);
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      throw new IllegalStateException("no fold for an event that cannot be read: " + reason);
    }
  }
}
