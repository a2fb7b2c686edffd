package dev.holdfast.common.domain;

import java.util.List;

/** Folds the events of transfers: their records, channels and items. */
final class TransferFold {
  private TransferFold() {}

  static void apply(TransferEvent.TransferShipped event, StateChanges changes) {
    changes.transfers().putTransfer(event.transfer(), event.after());
    putLines(event.transfer().store(), event.lines(), -1, 1, changes);
  }

  static void apply(TransferEvent.TransferHandedOver event, StateChanges changes) {
    changes.transfers().putTransfer(event.transfer(), event.after());
    putLines(event.transfer().store(), event.lost(), 0, -1, changes);
    putHandover(event, changes);
  }

  static void apply(TransferEvent.TransferCancelled event, StateChanges changes) {
    changes.transfers().putTransfer(event.transfer(), event.after());
    putArrived(event.transfer().store(), event.lines(), changes);
  }

  static void apply(TransferEvent.HandoverSettled event, StateChanges changes) {
    int partition = event.after().destinationPartition();
    changes.transfers().putTransfer(event.transfer(), event.after());
    changes.transfers().putOutbound(partition, event.channel());
    changes.transfers().removeHandover(new HandoverKey(partition, event.channel().settled()));
  }

  static void apply(TransferEvent.TransferCredited event, StateChanges changes) {
    putArrived(event.destination(), event.lines(), changes);
    changes.transfers().putInbound(event.sourcePartition(), event.channel());
  }

  private static void putHandover(TransferEvent.TransferHandedOver event, StateChanges changes) {
    TransferEvent.TransferHandedOver.Sent sent = event.handover();
    if (sent != null) {
      Transfer after = event.after();
      changes.transfers().putOutbound(after.destinationPartition(), sent.channel());
      changes
          .transfers()
          .putHandover(
              new HandoverKey(after.destinationPartition(), sent.channel().last()),
              new Handover(event.transfer(), after.destination(), sent.lines()));
    }
  }

  private static void putArrived(String store, List<CreditedLine> lines, StateChanges changes) {
    for (CreditedLine line : lines) {
      changes.putStock(new StockKey(store, line.sku()), line.before(), line.after());
    }
  }

  private static void putLines(
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
