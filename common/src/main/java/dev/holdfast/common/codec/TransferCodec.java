package dev.holdfast.common.codec;

import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.MovedLine;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.common.domain.TransferLine;
import dev.holdfast.proto.log.v1.HandoverRecord;
import dev.holdfast.proto.log.v1.InboundChannelRecord;
import dev.holdfast.proto.log.v1.OutboundChannelRecord;
import dev.holdfast.proto.log.v1.TransferRecord;
import java.util.List;

/** Transfers between their domain and the forms that are persisted. */
public final class TransferCodec {
  private TransferCodec() {}

  public static TransferRecord toProto(Transfer transfer) {
    TransferRecord.Builder proto =
        TransferRecord.newBuilder()
            .setDestination(transfer.destination())
            .setDestinationPartition(transfer.destinationPartition())
            .setCreatedMillis(transfer.opening().millis())
            .setPrincipal(transfer.opening().principal())
            .setReference(transfer.opening().reference())
            .setVersion(transfer.version())
            .setClosedAt(transfer.closedAt());
    transfer.lines().forEach(line -> proto.addLines(toProto(line)));
    return proto.build();
  }

  private static dev.holdfast.proto.log.v1.TransferLine toProto(TransferLine line) {
    return dev.holdfast.proto.log.v1.TransferLine.newBuilder()
        .setSku(line.sku())
        .setShipped(line.shipped())
        .setReceived(line.received())
        .setLost(line.lost())
        .setCancelled(line.cancelled())
        .setArriving(line.arriving())
        .build();
  }

  /**
   * Reads a transfer.
   *
   * @throws IllegalArgumentException when there can be no such transfer
   */
  public static Transfer fromProto(TransferRecord proto) {
    return new Transfer(
        proto.getDestination(),
        proto.getDestinationPartition(),
        proto.getLinesList().stream().map(TransferCodec::fromProto).toList(),
        new Transfer.Opening(proto.getCreatedMillis(), proto.getPrincipal(), proto.getReference()),
        proto.getVersion(),
        proto.getClosedAt());
  }

  private static TransferLine fromProto(dev.holdfast.proto.log.v1.TransferLine proto) {
    return new TransferLine(
        proto.getSku(),
        proto.getShipped(),
        proto.getReceived(),
        proto.getLost(),
        proto.getCancelled(),
        proto.getArriving());
  }

  public static HandoverRecord toProto(Handover handover) {
    return HandoverRecord.newBuilder()
        .setStore(handover.transfer().store())
        .setTransferId(handover.transfer().transferId())
        .setDestination(handover.destination())
        .addAllLines(toProto(handover.lines()))
        .build();
  }

  public static Handover fromProto(HandoverRecord proto) {
    return new Handover(
        new TransferKey(proto.getStore(), proto.getTransferId()),
        proto.getDestination(),
        fromProto(proto.getLinesList()));
  }

  static List<dev.holdfast.proto.log.v1.MovedLine> toProto(List<MovedLine> lines) {
    return lines.stream().map(TransferCodec::toProto).toList();
  }

  private static dev.holdfast.proto.log.v1.MovedLine toProto(MovedLine line) {
    return dev.holdfast.proto.log.v1.MovedLine.newBuilder()
        .setSku(line.sku())
        .setQuantity(line.quantity())
        .build();
  }

  static List<MovedLine> fromProto(List<dev.holdfast.proto.log.v1.MovedLine> protos) {
    return protos.stream().map(line -> new MovedLine(line.getSku(), line.getQuantity())).toList();
  }

  public static OutboundChannelRecord toProto(OutboundChannel channel) {
    return OutboundChannelRecord.newBuilder()
        .setLast(channel.last())
        .setSettled(channel.settled())
        .setReceivedUnits(channel.receivedUnits())
        .build();
  }

  /**
   * Reads a channel.
   *
   * @throws IllegalArgumentException when there can be no such channel
   */
  public static OutboundChannel fromProto(OutboundChannelRecord proto) {
    return new OutboundChannel(proto.getLast(), proto.getSettled(), proto.getReceivedUnits());
  }

  public static InboundChannelRecord toProto(InboundChannel channel) {
    return InboundChannelRecord.newBuilder()
        .setLast(channel.last())
        .addAllRefused(channel.refused())
        .setCreditedUnits(channel.creditedUnits())
        .build();
  }

  public static InboundChannel fromProto(InboundChannelRecord proto) {
    return new InboundChannel(proto.getLast(), proto.getRefusedList(), proto.getCreditedUnits());
  }
}
