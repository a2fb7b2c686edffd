package dev.holdfast.aggregator.storage;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.holdfast.aggregator.view.EventHeader;
import dev.holdfast.aggregator.view.HistorySince;
import dev.holdfast.aggregator.view.Movement;
import dev.holdfast.aggregator.view.RefusedCommand;
import dev.holdfast.common.codec.LevelCodec;
import dev.holdfast.common.codec.RawEvents;
import dev.holdfast.common.codec.UnreadableException;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventFacts;
import dev.holdfast.common.domain.EventKind;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.proto.log.v1.HistoryRecord;
import dev.holdfast.proto.log.v1.MovementRecord;
import dev.holdfast.proto.log.v1.RefusalRecord;

/** The values of movements. Formats are forever; golden bytes stand in the tests. */
final class MovementCodec {
  private MovementCodec() {}

  static byte[] encode(Movement movement) {
    EventHeader header = movement.header();
    MovementRecord.Builder record =
        MovementRecord.newBuilder()
            .setTimeMillis(header.timeMillis())
            .setKindValue(header.facts().kind().number())
            .setAfter(LevelCodec.toProto(movement.after()))
            .setPrincipal(header.origin().principal())
            .setRequestId(header.origin().requestId())
            .setReference(header.reference())
            .setReservationId(header.facts().reservationId())
            .setReason(header.facts().reason());
    if (movement.before() != null) {
      record.setBefore(LevelCodec.toProto(movement.before()));
    }
    return record.build().toByteArray();
  }

  static Movement movement(byte[] key, byte[] bytes) {
    return movement(MovementKeys.item(key), MovementKeys.sequence(key), bytes);
  }

  static Movement movement(StockKey item, long sequence, byte[] bytes) {
    return StoredMessage.read(
        bytes, MovementRecord.parser(), "movement", record -> movement(item, sequence, record));
  }

  private static Movement movement(StockKey item, long sequence, MovementRecord record) {
    EventFacts facts =
        new EventFacts(
            EventKind.of(record.getKindValue()),
            item.store(),
            "",
            record.getReservationId(),
            record.getReason());
    Origin origin = new Origin(record.getRequestId(), record.getPrincipal());
    return new Movement(
        new EventHeader(sequence, record.getTimeMillis(), facts, origin, record.getReference()),
        item,
        record.hasBefore() ? LevelCodec.fromProto(record.getBefore()) : null,
        LevelCodec.fromProto(record.getAfter()));
  }

  static byte[] encode(RefusedCommand refused) {
    EventHeader header = refused.header();
    return RefusalRecord.newBuilder()
        .setTimeMillis(header.timeMillis())
        .setEvent(ByteString.copyFrom(RawEvents.encode(refused.event())))
        .setPrincipal(header.origin().principal())
        .setRequestId(header.origin().requestId())
        .setReference(header.reference())
        .build()
        .toByteArray();
  }

  static RefusedCommand refused(byte[] key, byte[] bytes) {
    try {
      RefusalRecord record = RefusalRecord.parseFrom(bytes);
      var event = (Event.CommandRejected) RawEvents.decode(record.getEvent().toByteArray());
      Origin origin = new Origin(record.getRequestId(), record.getPrincipal());
      long sequence = MovementKeys.sequence(key);
      return new RefusedCommand(
          new EventHeader(
              sequence, record.getTimeMillis(), event.facts(), origin, record.getReference()),
          event);
    } catch (InvalidProtocolBufferException | UnreadableException | ClassCastException e) {
      throw new StorageException("corrupt refusal record", e);
    }
  }

  static byte[] encode(HistorySince since) {
    return HistoryRecord.newBuilder()
        .setSinceSequence(since.sequence())
        .setSinceMillis(since.timeMillis())
        .build()
        .toByteArray();
  }

  static HistorySince since(byte[] bytes) {
    return StoredMessage.read(
        bytes,
        HistoryRecord.parser(),
        "history",
        record -> new HistorySince(record.getSinceSequence(), record.getSinceMillis()));
  }
}
