package dev.holdfast.common.domain;

import java.util.List;

/** What transfers' events do to the state: a part of {@link Evolve}. */
final class TransferFold {
  private TransferFold() {}

  static void apply(TransferEvent event, StateChanges changes) {
    if (event instanceof TransferEvent.OfSource ofSource) {
      changes.transfers().putTransfer(ofSource.transfer(), ofSource.after());
      applyOfSource(ofSource, changes);
    } else if (event instanceof TransferEvent.TransferCredited credited) {
      putArrived(credited.destination(), credited.lines(), changes);
      changes.transfers().putInbound(credited.sourcePartition(), credited.channel());
    } else if (event instanceof TransferEvent.TransferCreditRefused refused) {
      changes.transfers().putInbound(refused.sourcePartition(), refused.channel());
    }
  }

  private static void applyOfSource(TransferEvent.OfSource event, StateChanges changes) {
    String store = event.transfer().store();
    int partition = event.after().destinationPartition();
    if (event instanceof TransferEvent.TransferShipped shipped) {
      putLines(store, shipped.lines(), -1, 1, changes);
    } else if (event instanceof TransferEvent.TransferCancelled cancelled) {
      putArrived(store, cancelled.lines(), changes);
    } else if (event instanceof TransferEvent.TransferHandedOver handedOver) {
      putLines(store, handedOver.lost(), 0, -1, changes);
      putHandover(handedOver, changes);
    } else if (event instanceof TransferEvent.HandoverSettled settled) {
      changes.transfers().putOutbound(partition, settled.channel());
      changes.transfers().removeHandover(new HandoverKey(partition, settled.channel().settled()));
    }
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
