package dev.holdfast.cli.drill.workload;

import com.google.protobuf.Message;
import dev.holdfast.proto.inventory.v1.CancelTransferRequest;
import dev.holdfast.proto.inventory.v1.GetTransferRequest;
import dev.holdfast.proto.inventory.v1.ReceiveTransferRequest;
import dev.holdfast.proto.inventory.v1.ReceivedUnits;
import dev.holdfast.proto.inventory.v1.ShipTransferRequest;
import dev.holdfast.proto.inventory.v1.TransferUnits;
import java.util.List;

/** Random requests about transfers. */
final class TransferRequests {
  private final Draw draw;

  TransferRequests(Draw draw) {
    this.draw = draw;
  }

  Message transfer(int dice) {
    String store = draw.stores().get(0);
    String destination = draw.stores().get(1 + draw.below(draw.stores().size() - 1));
    String id = draw.recentTransfer();
    return switch (dice % 5) {
      case 0 ->
          ShipTransferRequest.newBuilder()
              .setStore(store)
              .setDestination(destination)
              .setTransferId(draw.newTransfer())
              .addLines(
                  TransferUnits.newBuilder()
                      .setSku(draw.skus().get(0))
                      .setQuantity(1 + draw.below(4)))
              .addLines(TransferUnits.newBuilder().setSku(draw.skus().get(1)).setQuantity(1))
              .setIdempotencyKey(draw.key())
              .build();
      case 1, 2 ->
          ReceiveTransferRequest.newBuilder()
              .setStore(store)
              .setTransferId(id)
              .addAllLines(
                  draw.coin()
                      ? List.of()
                      : List.of(
                          ReceivedUnits.newBuilder()
                              .setSku(draw.skus().get(0))
                              .setQuantity(draw.below(3))
                              .setLost(1)
                              .build()))
              .setIdempotencyKey(draw.key())
              .build();
      case 3 ->
          CancelTransferRequest.newBuilder()
              .setStore(store)
              .setTransferId(id)
              .setIdempotencyKey(draw.key())
              .build();
      default -> GetTransferRequest.newBuilder().setStore(store).setTransferId(id).build();
    };
  }
}
