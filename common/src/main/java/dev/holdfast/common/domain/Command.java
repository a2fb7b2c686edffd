package dev.holdfast.common.domain;

import java.util.List;

/** A command to a partition. Already well-formed; whether it can be done is decided later. */
public sealed interface Command {
  /** No precondition on the version. */
  long ANY_VERSION = 0;

  /** About how many lines of items its event's encoding holds. */
  int lineCount();

  /** What a caller asks of one store. */
  sealed interface Mutation extends Command
      permits CreateItem,
          AdjustStock,
          OfReservation,
          TermsCommand,
          CountStock,
          SubmitOrder,
          LeaseCommand,
          TransferCommand {
    String store();

    CommandKind kind();
  }

  /** Create an item with its opening quantity. */
  record CreateItem(StockKey item, long initialQuantity) implements Mutation {
    @Override
    public String store() {
      return item.store();
    }

    @Override
    public CommandKind kind() {
      return CommandKind.CREATE_ITEM;
    }

    @Override
    public int lineCount() {
      return 1;
    }
  }

  /**
   * Change the quantity on hand.
   *
   * @param recordShortfall it has happened already: take what the books have free, and record the
   *     rest as a shortfall instead of refusing
   */
  record AdjustStock(
      StockKey item,
      long delta,
      AdjustmentReason reason,
      long expectedVersion,
      boolean recordShortfall)
      implements Mutation {
    @Override
    public String store() {
      return item.store();
    }

    @Override
    public CommandKind kind() {
      return CommandKind.ADJUST_STOCK;
    }

    @Override
    public int lineCount() {
      return 1;
    }
  }

  /** What is done with a reservation. */
  sealed interface OfReservation extends Mutation {
    ReservationKey reservation();

    @Override
    default String store() {
      return reservation().store();
    }
  }

  /** One SKU of a reservation; no SKU stands on two lines. */
  record ReserveLine(String sku, long quantity, long expectedVersion) {}

  /** Hold stock: all lines or none, or up to what there is. */
  record ReserveStock(
      ReservationKey reservation, List<ReserveLine> lines, ReserveMode mode, HoldTerms terms)
      implements OfReservation {
    public ReserveStock {
      lines = List.copyOf(lines);
    }

    @Override
    public CommandKind kind() {
      return CommandKind.RESERVE;
    }

    @Override
    public int lineCount() {
      return lines.size();
    }
  }

  /**
   * How long a reservation lasts and who it is for.
   *
   * @param ttlMillis from the decision to the expiry
   * @param lifeMillisMax from the decision to the latest expiry that it can be extended to
   * @param holder empty for the caller
   */
  record HoldTerms(long ttlMillis, long lifeMillisMax, String holder) {}

  /**
   * Turn what is held into a sale.
   *
   * @param lines what is sold, no SKU twice; none for all that is held
   * @param keepRest whether what is held besides stays held, rather than being given back
   * @param expectedVersion of the reservation
   */
  record ConfirmReservation(
      ReservationKey reservation, List<HeldLine> lines, boolean keepRest, long expectedVersion)
      implements OfReservation {
    public ConfirmReservation {
      lines = List.copyOf(lines);
    }

    @Override
    public CommandKind kind() {
      return CommandKind.CONFIRM_RESERVATION;
    }

    @Override
    public int lineCount() {
      return 1;
    }
  }

  /**
   * Give what is held back.
   *
   * @param lines what is given back, no SKU twice; none for all that is held
   * @param expectedVersion of the reservation
   */
  record ReleaseReservation(ReservationKey reservation, List<HeldLine> lines, long expectedVersion)
      implements OfReservation {
    public ReleaseReservation {
      lines = List.copyOf(lines);
    }

    @Override
    public CommandKind kind() {
      return CommandKind.RELEASE_RESERVATION;
    }

    @Override
    public int lineCount() {
      return 1;
    }
  }

  /**
   * Let a reservation last longer.
   *
   * @param ttlMillis from the decision to the expiry
   * @param expectedVersion of the reservation
   */
  record ExtendReservation(ReservationKey reservation, long ttlMillis, long expectedVersion)
      implements OfReservation {
    @Override
    public CommandKind kind() {
      return CommandKind.EXTEND_RESERVATION;
    }

    @Override
    public int lineCount() {
      return 1;
    }
  }

  /**
   * Hold other lines instead, in one step.
   *
   * @param expectedVersion of the reservation
   */
  record ReplaceReservation(
      ReservationKey reservation, List<ReserveLine> lines, ReserveMode mode, long expectedVersion)
      implements OfReservation {
    public ReplaceReservation {
      lines = List.copyOf(lines);
    }

    @Override
    public CommandKind kind() {
      return CommandKind.REPLACE_RESERVATION;
    }

    @Override
    public int lineCount() {
      return lines.size();
    }
  }

  /** Close a reservation whose time is over. The leader asks it of itself. */
  record ExpireReservation(ReservationKey reservation) implements OfReservation {
    @Override
    public CommandKind kind() {
      return CommandKind.EXPIRE_RESERVATION;
    }

    @Override
    public int lineCount() {
      return 1;
    }
  }

  /** Upkeep of the partition, which its leader asks of itself and which is never refused. */
  sealed interface Upkeep extends Command {
    /** The event that it leads to in a state of this digest. */
    Event event(StateDigest digest);

    @Override
    default int lineCount() {
      return 1;
    }
  }

  /** Forget the receipts of all events up to and including a sequence. */
  record EvictReceipts(long throughSequence) implements Upkeep {
    @Override
    public Event event(StateDigest digest) {
      return new Event.ReceiptsEvicted(throughSequence);
    }
  }

  /** Put the digest of the state into the log. */
  record RecordDigest() implements Upkeep {
    @Override
    public Event event(StateDigest digest) {
      return new Event.StateDigestRecorded(digest);
    }
  }
}
