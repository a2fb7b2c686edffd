package dev.holdfast.common.domain;

import java.util.List;

/** A command to a partition about transfers. */
public sealed interface TransferCommand extends Command.Mutation {
  /** The transfer that it is about. */
  TransferKey transfer();

  /** The store whose partition decides: the source, but for a credit. */
  @Override
  default String store() {
    return transfer().store();
  }

  /**
   * Take units out of the source: all lines or none.
   *
   * @param destinationKnown whether the destination had an item before this is decided
   */
  record ShipTransfer(
      TransferKey transfer,
      String destination,
      int destinationPartition,
      boolean destinationKnown,
      List<MovedLine> lines)
      implements TransferCommand {
    public ShipTransfer {
      lines = List.copyOf(lines);
    }

    @Override
    public int lineCount() {
      return 2 * lines.size();
    }
  }

  /** Units of one SKU that arrived, and others that did not and will not. */
  record ReceivedLine(String sku, long quantity, long lost) {}

  /**
   * Hand units over to the destination.
   *
   * @param lines none for all that is outstanding
   */
  record ReceiveTransfer(TransferKey transfer, List<ReceivedLine> lines)
      implements TransferCommand {
    public ReceiveTransfer {
      lines = List.copyOf(lines);
    }
  }

  /** Put what is outstanding on hand at the source again. */
  record CancelTransfer(TransferKey transfer) implements TransferCommand {}

  /**
   * Credit a hand-over to its destination. A partition asks it of another.
   *
   * @param settled the source knows the fate of all up to this number
   */
  record CreditTransfer(int sourcePartition, long number, long settled, Handover handover)
      implements TransferCommand {
    @Override
    public TransferKey transfer() {
      return handover.transfer();
    }

    @Override
    public String store() {
      return handover.destination();
    }

    @Override
    public int lineCount() {
      return handover.lines().size();
    }
  }

  /** Note what the destination answered to a hand-over. The leader asks it of itself. */
  record SettleHandover(TransferKey transfer, HandoverKey handover, boolean credited)
      implements TransferCommand {}
}
