package dev.holdfast.common.domain;

import java.util.List;

/** What is asked of a partition. Already well-formed; whether it can be done is decided later. */
public sealed interface Command {
  /** No precondition on the version. */
  long ANY_VERSION = 0;

  /** What a caller asks of one store. */
  sealed interface Mutation extends Command
      permits CreateItem,
          AdjustStock,
          ReserveStock,
          ConfirmReservation,
          ReleaseReservation,
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
  }

  /** Change the quantity on hand. */
  record AdjustStock(StockKey item, long delta, AdjustmentReason reason, long expectedVersion)
      implements Mutation {
    @Override
    public String store() {
      return item.store();
    }

    @Override
    public CommandKind kind() {
      return CommandKind.ADJUST_STOCK;
    }
  }

  /** One SKU of a reservation; no SKU stands on two lines. */
  record ReserveLine(String sku, long quantity, long expectedVersion) {}

  /** Hold stock: all lines or none. */
  record ReserveStock(ReservationKey reservation, List<ReserveLine> lines) implements Mutation {
    public ReserveStock {
      lines = List.copyOf(lines);
    }

    @Override
    public String store() {
      return reservation.store();
    }

    @Override
    public CommandKind kind() {
      return CommandKind.RESERVE;
    }
  }

  /** Turn a pending reservation into a sale. */
  record ConfirmReservation(ReservationKey reservation) implements Mutation {
    @Override
    public String store() {
      return reservation.store();
    }

    @Override
    public CommandKind kind() {
      return CommandKind.CONFIRM_RESERVATION;
    }
  }

  /** Give the stock of a pending reservation back. */
  record ReleaseReservation(ReservationKey reservation) implements Mutation {
    @Override
    public String store() {
      return reservation.store();
    }

    @Override
    public CommandKind kind() {
      return CommandKind.RELEASE_RESERVATION;
    }
  }

  /**
   * Forget the receipts of all events up to and including a sequence. The leader asks it of itself.
   */
  record EvictReceipts(long throughSequence) implements Command {}

  /** Put the digest of the state into the log. The leader asks it of itself. */
  record RecordDigest() implements Command {}
}
