package dev.holdfast.store.api.transfer;

import dev.holdfast.common.answer.LevelAnswer;
import dev.holdfast.common.domain.CreditedLine;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.TransferEvent;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.proto.inventory.v1.CancelTransferResponse;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.ShipTransferResponse;
import dev.holdfast.proto.inventory.v1.Transfer;
import dev.holdfast.proto.inventory.v1.TransferLine;

/** Transfers and their events to answers. */
final class TransferAnswers {
  private TransferAnswers() {}

  static Transfer transfer(TransferKey key, dev.holdfast.common.domain.Transfer transfer) {
    Transfer.Builder answer =
        Transfer.newBuilder()
            .setStore(key.store())
            .setTransferId(key.transferId())
            .setDestination(transfer.destination())
            .setClosed(!transfer.isOpen())
            .setCreatedMillis(transfer.opening().millis())
            .setPrincipal(transfer.opening().principal())
            .setReference(transfer.opening().reference())
            .setVersion(transfer.version());
    transfer.lines().forEach(line -> answer.addLines(line(line)));
    return answer.build();
  }

  private static TransferLine line(dev.holdfast.common.domain.TransferLine line) {
    return TransferLine.newBuilder()
        .setSku(line.sku())
        .setShipped(line.shipped())
        .setReceived(line.received())
        .setLost(line.lost())
        .setCancelled(line.cancelled())
        .setArriving(line.arriving())
        .setOutstanding(line.outstanding())
        .build();
  }

  static ShipTransferResponse shipped(TransferEvent.TransferShipped event, Position position) {
    ShipTransferResponse.Builder answer =
        ShipTransferResponse.newBuilder()
            .setTransfer(transfer(event.transfer(), event.after()))
            .setPosition(position);
    for (LineChange line : event.lines()) {
      StockKey item = new StockKey(event.transfer().store(), line.sku());
      answer.addStock(LevelAnswer.of(item, line.after()));
    }
    return answer.build();
  }

  static CancelTransferResponse cancelled(
      TransferEvent.TransferCancelled event, Position position) {
    CancelTransferResponse.Builder answer =
        CancelTransferResponse.newBuilder()
            .setTransfer(transfer(event.transfer(), event.after()))
            .setPosition(position);
    for (CreditedLine line : event.lines()) {
      StockKey item = new StockKey(event.transfer().store(), line.sku());
      answer.addStock(LevelAnswer.of(item, line.after()));
    }
    return answer.build();
  }
}
