package dev.holdfast.store.state;

import com.google.protobuf.InvalidProtocolBufferException;
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
  private TransferRecords() {}

  static Transfer transfer(byte[] value) {
    return read(() -> TransferCodec.fromProto(TransferRecord.parseFrom(value)));
  }

  static Handover handover(byte[] value) {
    return read(() -> TransferCodec.fromProto(HandoverRecord.parseFrom(value)));
  }

  static OutboundChannel outbound(byte @Nullable [] value) {
    return value == null
        ? OutboundChannel.NONE
        : read(() -> TransferCodec.fromProto(OutboundChannelRecord.parseFrom(value)));
  }

  static InboundChannel inbound(byte @Nullable [] value) {
    return value == null
        ? InboundChannel.NONE
        : read(() -> TransferCodec.fromProto(InboundChannelRecord.parseFrom(value)));
  }

  private static <T> T read(Reading<T> reading) {
    try {
      return reading.run();
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new StateFault("a record of transfers is corrupt", e);
    }
  }

  private interface Reading<T> {
    T run() throws InvalidProtocolBufferException;
  }
}
