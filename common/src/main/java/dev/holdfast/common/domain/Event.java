package dev.holdfast.common.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened. Events carry the resulting levels, so that whoever follows the log writes without
 * reading.
 */
public sealed interface Event {
  EventKind kind();

  /** Tells of the event besides what it does to stock. */
  EventFacts facts();

  /** About how many lines of items its encoding holds. */
  int lineCount();

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

    @Override
    default int lineCount() {
      return 1;
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
    public EventKind kind() {
      return EventKind.ITEM_CREATED;
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
    public EventKind kind() {
      return EventKind.STOCK_ADJUSTED;
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
    public EventKind kind() {
      return EventKind.STOCK_COUNTED;
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
    public EventKind kind() {
      return EventKind.ORDER_EXECUTED;
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
    public EventKind kind() {
      return EventKind.COMMAND_REJECTED;
    }

    @Override
    public EventFacts facts() {
      String reason = rejection.code().name();
      return new EventFacts(kind(), store, rejection.sku(), reservationId, reason);
    }

    @Override
    public int lineCount() {
      return 1;
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {}
  }

  /** An event of the partition itself, which changes no stock. */
  sealed interface OfPartition extends Event {
    @Override
    default EventFacts facts() {
      return EventFacts.ofStore(kind(), "");
    }

    @Override
    default int lineCount() {
      return 1;
    }

    @Override
    default void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {}
  }

  /** The receipts of all events up to and including a sequence are forgotten. */
  record ReceiptsEvicted(long throughSequence) implements OfPartition {
    @Override
    public EventKind kind() {
      return EventKind.RECEIPTS_EVICTED;
    }
  }

  /** What all stock records of the partition add up to at this place in the log. */
  record StateDigestRecorded(StateDigest digest) implements OfPartition {
    @Override
    public EventKind kind() {
      return EventKind.STATE_DIGEST_RECORDED;
    }
  }

  /** An event of one reservation. */
  sealed interface OfReservation extends Event {
    ReservationKey reservation();

    @Override
    default EventFacts facts() {
      return new EventFacts(kind(), reservation().store(), "", reservation().reservationId(), "");
    }
  }

  /**
   * A reservation is open and holds its lines.
   *
   * @param givenHolder empty for the caller
   * @param shortfalls lines that got less than they asked for
   */
  record StockReserved(
      ReservationKey reservation,
      List<LineChange> lines,
      Reservation.Life life,
      String givenHolder,
      List<Shortfall> shortfalls)
      implements OfReservation {
    @Override
    public EventKind kind() {
      return EventKind.STOCK_RESERVED;
    }

    @Override
    public int lineCount() {
      return lines.size() + shortfalls.size();
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      ReservationFold.make(this, recorded, timeMillis, changes);
    }
  }

  /** Held units were sold; the rest was given back or is kept. */
  record ReservationConfirmed(
      ReservationKey reservation, List<LineChange> lines, ReservationStep step)
      implements OfReservation {
    @Override
    public EventKind kind() {
      return EventKind.RESERVATION_CONFIRMED;
    }

    @Override
    public int lineCount() {
      return lines.size() + step.lineCount();
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      ReservationFold.confirm(reservation, lines, step, changes);
    }
  }

  /** Held units were given back. */
  record ReservationReleased(
      ReservationKey reservation, List<LineChange> lines, ReservationStep step)
      implements OfReservation {
    @Override
    public EventKind kind() {
      return EventKind.RESERVATION_RELEASED;
    }

    @Override
    public int lineCount() {
      return lines.size() + step.lineCount();
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      ReservationFold.giveBack(reservation, lines, step, Reservation.State.RELEASED, changes);
    }
  }

  /** A reservation lasts longer. */
  record ReservationExtended(ReservationKey reservation, ReservationStep step)
      implements OfReservation {
    @Override
    public EventKind kind() {
      return EventKind.RESERVATION_EXTENDED;
    }

    @Override
    public int lineCount() {
      return step.lineCount();
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      ReservationFold.change(reservation, List.of(), step, changes);
    }
  }

  /** A reservation holds other lines; those of which it holds as much as before are not listed. */
  record ReservationReplaced(
      ReservationKey reservation,
      List<LineChange> lines,
      ReservationStep step,
      List<Shortfall> shortfalls)
      implements OfReservation {
    @Override
    public EventKind kind() {
      return EventKind.RESERVATION_REPLACED;
    }

    @Override
    public int lineCount() {
      return lines.size() + step.lineCount() + shortfalls.size();
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      ReservationFold.change(reservation, lines, step, changes);
    }
  }

  /** The time of a reservation was over; all that it held was given back. */
  record ReservationExpired(
      ReservationKey reservation, List<LineChange> lines, ReservationStep step)
      implements OfReservation {
    @Override
    public EventKind kind() {
      return EventKind.RESERVATION_EXPIRED;
    }

    @Override
    public int lineCount() {
      return lines.size();
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      ReservationFold.giveBack(reservation, lines, step, Reservation.State.EXPIRED, changes);
    }
  }

  /** The terms of an item changed; equal levels when they were so already. */
  record ItemTermsChanged(StockKey item, StockLevel before, StockLevel after) implements OfItem {
    @Override
    public EventKind kind() {
      return EventKind.ITEM_TERMS_CHANGED;
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      changes.putStock(item, before, after);
    }
  }

  /** A store was frozen, or is not any more. */
  record StoreTermsChanged(String store, boolean frozenBefore, boolean frozen) implements Event {
    @Override
    public EventKind kind() {
      return EventKind.STORE_TERMS_CHANGED;
    }

    @Override
    public EventFacts facts() {
      return EventFacts.ofStore(kind(), store);
    }

    @Override
    public int lineCount() {
      return 1;
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      changes.putStoreFrozen(store, frozen);
    }
  }

  /** An event of the lease of an item. */
  sealed interface OfLease extends Event {
    StockKey item();

    @Override
    default EventFacts facts() {
      return new EventFacts(kind(), item().store(), item().sku(), "", "");
    }

    @Override
    default int lineCount() {
      return 1;
    }
  }

  /**
   * A lease went to a holder.
   *
   * @param expired items whose leases had run out and are forgotten
   */
  record LeaseGranted(StockKey item, Lease lease, List<StockKey> expired) implements OfLease {
    public LeaseGranted {
      expired = List.copyOf(expired);
    }

    @Override
    public EventKind kind() {
      return EventKind.LEASE_GRANTED;
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      expired.forEach(each -> changes.putLease(each, null));
      changes.putLease(item, lease);
    }
  }

  /** A lease lasts longer. */
  record LeaseRenewed(StockKey item, Lease lease) implements OfLease {
    @Override
    public EventKind kind() {
      return EventKind.LEASE_RENEWED;
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      changes.putLease(item, lease);
    }
  }

  /** A lease was given back. */
  record LeaseReleased(StockKey item, long token) implements OfLease {
    @Override
    public EventKind kind() {
      return EventKind.LEASE_RELEASED;
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      changes.putLease(item, null);
    }
  }

  /** What happened to transfers; see {@link TransferEvent}. */
  sealed interface OfTransfer extends Event permits TransferEvent {}

  /**
   * Something that this build cannot read: of a newer type, or impossible. It has no kind, format
   * or fold; only a reader that can put it aside gets to see it.
   */
  record Unreadable(String reason) implements Event {
    @Override
    public EventKind kind() {
      throw new IllegalStateException("no kind of an event that cannot be read: " + reason);
    }

    @Override
    public EventFacts facts() {
      throw new IllegalStateException("no facts of an event that cannot be read: " + reason);
    }

    @Override
    public int lineCount() {
      return 1;
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      throw new IllegalStateException("no fold for an event that cannot be read: " + reason);
    }
  }
}
