package dev.holdfast.store.api.transfer;

import dev.holdfast.common.answer.LevelAnswer;
import dev.holdfast.common.domain.CreditedLine;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.TransferEvent.TransferCancelled;
import dev.holdfast.common.domain.TransferEvent.TransferHandedOver;
import dev.holdfast.common.domain.TransferEvent.TransferShipped;
import dev.holdfast.common.partition.PartitionMap;
import dev.holdfast.proto.inventory.v1.CancelTransferRequest;
import dev.holdfast.proto.inventory.v1.CancelTransferResponse;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.ReceiveTransferRequest;
import dev.holdfast.proto.inventory.v1.ReceiveTransferResponse;
import dev.holdfast.proto.inventory.v1.ShipTransferRequest;
import dev.holdfast.proto.inventory.v1.ShipTransferResponse;
import dev.holdfast.proto.inventory.v1.TransferServiceGrpc;
import dev.holdfast.store.api.call.MutationKind;
import java.util.function.BiFunction;

/** The mutations of one transfer. */
public record TransferKinds(
    MutationKind<ShipTransferRequest, TransferShipped, ShipTransferResponse> ship,
    MutationKind<ReceiveTransferRequest, TransferHandedOver, ReceiveTransferResponse> receive,
    MutationKind<CancelTransferRequest, TransferCancelled, CancelTransferResponse> cancel) {

  /**
   * The rows of a node.
   *
   * @param received the answer to who received units
   */
  public static TransferKinds of(
      PartitionMap partitions,
      BiFunction<TransferHandedOver, Position, ReceiveTransferResponse> received) {
    return new TransferKinds(
        MutationKind.of(
            TransferServiceGrpc.getShipTransferMethod(),
            (context, request) -> new TransferMapper(context).map(request, partitions),
            TransferShipped.class,
            TransferKinds::shipped),
        MutationKind.of(
            TransferServiceGrpc.getReceiveTransferMethod(),
            (context, request) -> new TransferMapper(context).map(request),
            TransferHandedOver.class,
            received),
        MutationKind.of(
            TransferServiceGrpc.getCancelTransferMethod(),
            (context, request) -> new TransferMapper(context).map(request),
            TransferCancelled.class,
            TransferKinds::cancelled));
  }

  private static ShipTransferResponse shipped(TransferShipped event, Position position) {
    ShipTransferResponse.Builder answer =
        ShipTransferResponse.newBuilder()
            .setTransfer(TransferAnswers.transfer(event.transfer(), event.after()))
            .setPosition(position);
    for (LineChange line : event.lines()) {
      StockKey item = new StockKey(event.transfer().store(), line.sku());
      answer.addStock(LevelAnswer.of(item, line.after()));
    }
    return answer.build();
  }

  private static CancelTransferResponse cancelled(TransferCancelled event, Position position) {
    CancelTransferResponse.Builder answer =
        CancelTransferResponse.newBuilder()
            .setTransfer(TransferAnswers.transfer(event.transfer(), event.after()))
            .setPosition(position);
    for (CreditedLine line : event.lines()) {
      StockKey item = new StockKey(event.transfer().store(), line.sku());
      answer.addStock(LevelAnswer.of(item, line.after()));
    }
    return answer.build();
  }
}
