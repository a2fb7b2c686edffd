package dev.holdfast.common.domain;

import java.util.List;

/**
 * What happened. Events carry the resulting levels, so that whoever follows the log writes without
 * reading.
 */
public sealed interface Event {

  /** An item now exists. */
  record ItemCreated(StockKey item, StockLevel after) implements Event {}

  /** The quantity on hand changed. */
  record StockAdjusted(StockKey item, long delta, AdjustmentReason reason, StockLevel after)
      implements Event {}

  /** A reservation is pending and holds its lines. */
  record StockReserved(ReservationKey reservation, List<LineChange> lines) implements Event {}

  /** A reservation became a sale and is closed. */
  record ReservationConfirmed(ReservationKey reservation, List<LineChange> lines)
      implements Event {}

  /** A reservation gave its stock back and is closed. */
  record ReservationReleased(ReservationKey reservation, List<LineChange> lines) implements Event {}

  /** A command was decided against; nothing else changed. */
  record CommandRejected(
      CommandKind command, String store, String reservationId, Rejection rejection)
      implements Event {}

  /** The receipts of all events up to and including a sequence are forgotten. */
  record ReceiptsEvicted(long throughSequence) implements Event {}

  /** What all stock records of the partition add up to at this place in the log. */
  record StateDigestRecorded(StateDigest digest) implements Event {}

  /**
   * Something that this build can not read: of a newer type, or impossible. It has no format and no
   * fold; only a reader that can put it aside gets to see it.
   */
  record Unreadable(String reason) implements Event {}
}
