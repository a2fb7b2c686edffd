package dev.holdfast.common.codec;

import dev.holdfast.common.domain.CreditedLine;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.TransferEvent;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.proto.log.v1.HandoverSettled;
import dev.holdfast.proto.log.v1.TransferCancelled;
import dev.holdfast.proto.log.v1.TransferCreditRefused;
import dev.holdfast.proto.log.v1.TransferCredited;
import dev.holdfast.proto.log.v1.TransferHandedOver;
import dev.holdfast.proto.log.v1.TransferShipped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events of transfers between their domain and their persisted form: a part of EventCodec. */
final class TransferEventCodec {
  private TransferEventCodec() {}

  static TransferShipped.Builder toProto(TransferEvent.TransferShipped event) {
    return TransferShipped.newBuilder()
        .setStore(event.transfer().store())
        .setTransferId(event.transfer().transferId())
        .setAfter(TransferCodec.toProto(event.after()))
        .addAllLines(ReservationEventCodec.lines(event.lines()));
  }

  static TransferHandedOver.Builder toProto(TransferEvent.TransferHandedOver event) {
    TransferHandedOver.Builder proto =
        TransferHandedOver.newBuilder()
            .setStore(event.transfer().store())
            .setTransferId(event.transfer().transferId())
            .setAfter(TransferCodec.toProto(event.after()))
            .addAllLost(ReservationEventCodec.lines(event.lost()));
    TransferEvent.TransferHandedOver.Sent sent = event.handover();
    if (sent != null) {
      proto
          .setChannel(TransferCodec.toProto(sent.channel()))
          .addAllLines(TransferCodec.toProto(sent.lines()));
    }
    return proto;
  }

  static TransferCancelled.Builder toProto(TransferEvent.TransferCancelled event) {
    return TransferCancelled.newBuilder()
        .setStore(event.transfer().store())
        .setTransferId(event.transfer().transferId())
        .setAfter(TransferCodec.toProto(event.after()))
        .addAllLines(toProto(event.lines()));
  }

  static HandoverSettled.Builder toProto(TransferEvent.HandoverSettled event) {
    return HandoverSettled.newBuilder()
        .setStore(event.transfer().store())
        .setTransferId(event.transfer().transferId())
        .setAfter(TransferCodec.toProto(event.after()))
        .setChannel(TransferCodec.toProto(event.channel()))
        .setCredited(event.credited());
  }

  static TransferCredited.Builder toProto(TransferEvent.TransferCredited event) {
    return TransferCredited.newBuilder()
        .setStore(event.transfer().store())
        .setTransferId(event.transfer().transferId())
        .setSourcePartition(event.sourcePartition())
        .setChannel(TransferCodec.toProto(event.channel()))
        .setDestination(event.destination())
        .addAllLines(toProto(event.lines()));
  }

  static TransferCreditRefused.Builder toProto(TransferEvent.TransferCreditRefused event) {
    return TransferCreditRefused.newBuilder()
        .setStore(event.transfer().store())
        .setTransferId(event.transfer().transferId())
        .setSourcePartition(event.sourcePartition())
        .setChannel(TransferCodec.toProto(event.channel()))
        .setDestination(event.destination())
        .setCodeValue(event.rejection().code().number())
        .setSku(event.rejection().sku())
        .setRequested(event.rejection().requested())
        .setAvailable(event.rejection().available());
  }

  private static List<dev.holdfast.proto.log.v1.CreditedLine> toProto(List<CreditedLine> lines) {
    return lines.stream().map(TransferEventCodec::toProto).toList();
  }

  private static dev.holdfast.proto.log.v1.CreditedLine toProto(CreditedLine line) {
    return dev.holdfast.proto.log.v1.CreditedLine.newBuilder()
        .setSku(line.sku())
        .setQuantity(line.quantity())
        .setAfter(LevelCodec.toProto(line.after()))
        .setRevived(line.revived())
        .build();
  }

  static Event fromProto(TransferShipped proto) {
    return new TransferEvent.TransferShipped(
        new TransferKey(proto.getStore(), proto.getTransferId()),
        TransferCodec.fromProto(proto.getAfter()),
        ReservationEventCodec.linesFrom(proto.getLinesList()));
  }

  static Event fromProto(TransferHandedOver proto) {
    return new TransferEvent.TransferHandedOver(
        new TransferKey(proto.getStore(), proto.getTransferId()),
        TransferCodec.fromProto(proto.getAfter()),
        sent(proto),
        ReservationEventCodec.linesFrom(proto.getLostList()));
  }

  private static TransferEvent.TransferHandedOver.@Nullable Sent sent(TransferHandedOver proto) {
    return proto.hasChannel()
        ? new TransferEvent.TransferHandedOver.Sent(
            TransferCodec.fromProto(proto.getChannel()),
            TransferCodec.fromProto(proto.getLinesList()))
        : null;
  }

  static Event fromProto(TransferCancelled proto) {
    return new TransferEvent.TransferCancelled(
        new TransferKey(proto.getStore(), proto.getTransferId()),
        TransferCodec.fromProto(proto.getAfter()),
        fromProto(proto.getLinesList()));
  }

  static Event fromProto(HandoverSettled proto) {
    return new TransferEvent.HandoverSettled(
        new TransferKey(proto.getStore(), proto.getTransferId()),
        TransferCodec.fromProto(proto.getAfter()),
        TransferCodec.fromProto(proto.getChannel()),
        proto.getCredited());
  }

  static Event fromProto(TransferCredited proto) {
    return new TransferEvent.TransferCredited(
        new TransferKey(proto.getStore(), proto.getTransferId()),
        proto.getSourcePartition(),
        TransferCodec.fromProto(proto.getChannel()),
        proto.getDestination(),
        fromProto(proto.getLinesList()));
  }

  private static List<CreditedLine> fromProto(List<dev.holdfast.proto.log.v1.CreditedLine> protos) {
    return protos.stream().map(TransferEventCodec::fromProto).toList();
  }

  private static CreditedLine fromProto(dev.holdfast.proto.log.v1.CreditedLine proto) {
    return new CreditedLine(
        proto.getSku(),
        proto.getQuantity(),
        LevelCodec.fromProto(proto.getAfter()),
        proto.getRevived());
  }

  static Event fromProto(TransferCreditRefused proto) {
    return new TransferEvent.TransferCreditRefused(
        new TransferKey(proto.getStore(), proto.getTransferId()),
        proto.getSourcePartition(),
        TransferCodec.fromProto(proto.getChannel()),
        proto.getDestination(),
        quantityLimit(proto));
  }

  /** The one reason to refuse units that arrive. */
  private static Rejection.QuantityLimit quantityLimit(TransferCreditRefused proto) {
    RejectionCode code = RejectionCode.of(proto.getCodeValue());
    if (code != RejectionCode.QUANTITY_LIMIT) {
      throw new IllegalArgumentException("a credit that was refused with " + code);
    }
    return new Rejection.QuantityLimit(proto.getSku(), proto.getRequested(), proto.getAvailable());
  }
}
