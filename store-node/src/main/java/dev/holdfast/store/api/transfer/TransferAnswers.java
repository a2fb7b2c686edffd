package dev.holdfast.store.api.transfer;

import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.proto.inventory.v1.Transfer;
import dev.holdfast.proto.inventory.v1.TransferLine;

/** Transfers to answers. */
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
}
