package dev.holdfast.store.api.transfer;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.MovedLine;
import dev.holdfast.common.domain.TransferCommand;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.partition.PartitionMap;
import dev.holdfast.proto.inventory.v1.CancelTransferRequest;
import dev.holdfast.proto.inventory.v1.ReceiveTransferRequest;
import dev.holdfast.proto.inventory.v1.ReceivedUnits;
import dev.holdfast.proto.inventory.v1.ShipTransferRequest;
import dev.holdfast.proto.inventory.v1.TransferUnits;
import dev.holdfast.store.api.call.MappingContext;
import java.util.ArrayList;
import java.util.List;

/** Requests about transfers to commands. */
final class TransferMapper {
  private final FieldRules rules;

  TransferMapper(MappingContext context) {
    this.rules = context.rules();
  }

  /** Whether the destination is known is looked up before the decision; until then it is not. */
  Command.Mutation map(ShipTransferRequest request, PartitionMap partitions) {
    rules.id("store", request.getStore());
    rules.id("destination", request.getDestination());
    if (request.getStore().equals(request.getDestination())) {
      rules.violate("destination", "must be another store than the source");
    }
    rules.optionalReservationId("transfer_id", request.getTransferId());
    rules.lines("lines", request.getLinesCount(), i -> request.getLines(i).getSku());
    String id =
        request.getTransferId().isEmpty() ? MappingContext.newId() : request.getTransferId();
    return new TransferCommand.ShipTransfer(
        new TransferKey(request.getStore(), id),
        request.getDestination(),
        partitions.partitionOf(request.getDestination()),
        false,
        lines(request));
  }

  private List<MovedLine> lines(ShipTransferRequest request) {
    List<MovedLine> lines = new ArrayList<>();
    for (int i = 0; i < Math.min(request.getLinesCount(), FieldRules.LINES_MAX); i++) {
      TransferUnits line = request.getLines(i);
      rules.enter("lines", i);
      rules.id("sku", line.getSku());
      rules.lineQuantity("quantity", line.getQuantity());
      rules.leave();
      lines.add(new MovedLine(line.getSku(), line.getQuantity()));
    }
    return lines;
  }

  Command.Mutation map(ReceiveTransferRequest request) {
    TransferKey key = key(request.getStore(), request.getTransferId());
    if (request.getLinesCount() > 0) {
      rules.lines("lines", request.getLinesCount(), i -> request.getLines(i).getSku());
    }
    return new TransferCommand.ReceiveTransfer(key, lines(request));
  }

  private List<TransferCommand.ReceivedLine> lines(ReceiveTransferRequest request) {
    List<TransferCommand.ReceivedLine> lines = new ArrayList<>();
    for (int i = 0; i < Math.min(request.getLinesCount(), FieldRules.LINES_MAX); i++) {
      ReceivedUnits line = request.getLines(i);
      rules.enter("lines", i);
      rules.id("sku", line.getSku());
      rules.openingQuantity("quantity", line.getQuantity());
      rules.openingQuantity("lost", line.getLost());
      if (line.getQuantity() == 0 && line.getLost() == 0) {
        rules.violate("quantity", "must not be 0 when nothing is lost");
      }
      rules.leave();
      lines.add(
          new TransferCommand.ReceivedLine(line.getSku(), line.getQuantity(), line.getLost()));
    }
    return lines;
  }

  Command.Mutation map(CancelTransferRequest request) {
    return new TransferCommand.CancelTransfer(key(request.getStore(), request.getTransferId()));
  }

  private TransferKey key(String store, String id) {
    rules.id("store", store);
    rules.reservationId("transfer_id", id);
    return new TransferKey(store, id);
  }
}
