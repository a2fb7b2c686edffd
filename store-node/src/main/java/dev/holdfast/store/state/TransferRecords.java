package dev.holdfast.store.state;

import dev.holdfast.common.codec.TransferCodec;
import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.proto.log.v1.HandoverRecord;
import dev.holdfast.proto.log.v1.InboundChannelRecord;
import dev.holdfast.proto.log.v1.OutboundChannelRecord;
import dev.holdfast.proto.log.v1.TransferRecord;
import org.jspecify.annotations.Nullable;

/** The values of the column families that are about transfers. */
final class TransferRecords {
  private static final StoredKind<TransferRecord> TRANSFER =
      new StoredKind<>(
          "a transfer record", TransferRecord.parser(), TransferRecord.getDescriptor());

  private static final StoredKind<HandoverRecord> HANDOVER =
      new StoredKind<>(
          "a hand-over record", HandoverRecord.parser(), HandoverRecord.getDescriptor());

  private static final StoredKind<OutboundChannelRecord> OUTBOUND =
      new StoredKind<>(
          "the record of an outbound channel",
          OutboundChannelRecord.parser(),
          OutboundChannelRecord.getDescriptor());

  private static final StoredKind<InboundChannelRecord> INBOUND =
      new StoredKind<>(
          "the record of an inbound channel",
          InboundChannelRecord.parser(),
          InboundChannelRecord.getDescriptor());

  private TransferRecords() {}

  static Transfer transfer(byte[] value) {
    return TRANSFER.read(value, TransferCodec::fromProto);
  }

  static Handover handover(byte[] value) {
    return HANDOVER.read(value, TransferCodec::fromProto);
  }

  static OutboundChannel outbound(byte @Nullable [] value) {
    return value == null ? OutboundChannel.NONE : OUTBOUND.read(value, TransferCodec::fromProto);
  }

  static InboundChannel inbound(byte @Nullable [] value) {
    return value == null ? InboundChannel.NONE : INBOUND.read(value, TransferCodec::fromProto);
  }
}
