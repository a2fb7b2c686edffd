package dev.holdfast.common.domain;

import dev.holdfast.common.domain.TransferEvent.TransferHandedOver.Sent;
import java.util.List;

/** Folds the parts that events of transfers have in common. */
final class TransferFold {
  private TransferFold() {}

  /** Notes what was sent under the next number of its channel. */
  static void putHandover(
      TransferKey transfer, Transfer after, Sent sent, TransferChanges changes) {
    int partition = after.destinationPartition();
    changes.putOutbound(partition, sent.channel());
    changes.putHandover(
        new HandoverKey(partition, sent.channel().last()),
        new Handover(transfer, after.destination(), sent.lines()));
  }

  /** Puts units on hand where they arrived. */
  static void putArrived(String store, List<CreditedLine> lines, StateChanges changes) {
    for (CreditedLine line : lines) {
      changes.putStock(new StockKey(store, line.sku()), line.before(), line.after());
    }
  }

  /**
   * Puts the levels of the source.
   *
   * @param onHand by how much a unit of a line changed the quantity on hand
   * @param netShipped and the quantity that is net shipped
   */
  static void putLines(
      String store, List<LineChange> lines, int onHand, int netShipped, StateChanges changes) {
    for (LineChange line : lines) {
      long quantity = line.quantity();
      changes.putStock(
          new StockKey(store, line.sku()),
          line.after().unchanged(onHand * quantity, 0, netShipped * quantity),
          line.after());
    }
  }
}
