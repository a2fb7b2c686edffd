package dev.holdfast.common.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened. Events carry the resulting levels, so that whoever follows the log writes without
 * reading.
 */
public sealed interface Event {

  /**
   * An item now exists.
   *
   * @param before as its deletion left it, or null when there never was one
   */
  record ItemCreated(StockKey item, @Nullable StockLevel before, StockLevel after)
      implements Event {
    public ItemCreated(StockKey item, StockLevel after) {
      this(item, null, after);
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
      implements Event {
    /** The books had all of it. */
    public StockAdjusted(StockKey item, long delta, AdjustmentReason reason, StockLevel after) {
      this(item, delta, reason, after, 0);
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
      implements Event {}

  /** Held units were sold; the rest was given back or is kept. */
  record ReservationConfirmed(
      ReservationKey reservation, List<LineChange> lines, ReservationStep step) implements Event {}

  /** Held units were given back. */
  record ReservationReleased(
      ReservationKey reservation, List<LineChange> lines, ReservationStep step) implements Event {}

  /** A reservation lasts longer. */
  record ReservationExtended(ReservationKey reservation, ReservationStep step) implements Event {}

  /** A reservation holds other lines; those of which it holds as much as before are not listed. */
  record ReservationReplaced(
      ReservationKey reservation,
      List<LineChange> lines,
      ReservationStep step,
      List<Shortfall> shortfalls)
      implements Event {}

  /** The time of a reservation was over; all that it held was given back. */
  record ReservationExpired(
      ReservationKey reservation, List<LineChange> lines, ReservationStep step) implements Event {}

  /** The terms of an item changed; equal levels when they were so already. */
  record ItemTermsChanged(StockKey item, StockLevel before, StockLevel after) implements Event {}

  /** A store was frozen, or is not any more. */
  record StoreTermsChanged(String store, boolean frozenBefore, boolean frozen) implements Event {}

  /**
   * Somebody counted: on hand rose by what the count differed from the book then.
   *
   * @param countedMillis when
   * @param book units on hand then, as the log has it
   */
  record StockCounted(StockKey item, long counted, long countedMillis, long book, StockLevel after)
      implements Event {
    public long difference() {
      return counted - book;
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
  }

  /**
   * A lease went to a holder.
   *
   * @param expired items whose leases had run out and are forgotten
   */
  record LeaseGranted(StockKey item, Lease lease, List<StockKey> expired) implements Event {
    public LeaseGranted {
      expired = List.copyOf(expired);
    }
  }

  /** A lease lasts longer. */
  record LeaseRenewed(StockKey item, Lease lease) implements Event {}

  /** A lease was given back. */
  record LeaseReleased(StockKey item, long token) implements Event {}

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
  }

  /** The receipts of all events up to and including a sequence are forgotten. */
  record ReceiptsEvicted(long throughSequence) implements Event {}

  /** What all stock records of the partition add up to at this place in the log. */
  record StateDigestRecorded(StateDigest digest) implements Event {}

  /** What happened to transfers; see {@link TransferEvent}. */
  sealed interface OfTransfer extends Event permits TransferEvent {}

  /**
   * Something that this build cannot read: of a newer type, or impossible. It has no format and no
   * fold; only a reader that can put it aside gets to see it.
   */
  record Unreadable(String reason) implements Event {}
}
