package dev.holdfast.aggregator.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.RecordedEvent;
import java.util.List;

/** Writes events of a type that this build does not know, as a newer store node would. */
final class Unreadables {
  private static final int UNKNOWN_FIELD = 99;

  private Unreadables() {}

  /** Encodes a batch, with a body of an unknown type for every event that is unreadable. */
  static byte[] encode(EventBatch batch) {
    List<RecordedEvent> readable = batch.events().stream().map(Unreadables::readable).toList();
    byte[] bytes =
        EventBatchCodec.encode(
            new EventBatch(
                batch.partition(),
                batch.firstSequence(),
                batch.term(),
                batch.timeMillis(),
                batch.previousHash(),
                readable));
    return readable.equals(batch.events()) ? bytes : newer(batch, bytes);
  }

  private static RecordedEvent readable(RecordedEvent event) {
    return event.event() instanceof Event.Unreadable
        ? new RecordedEvent(new Event.ReceiptsEvicted(0), event.origin(), "", "", 0)
        : event;
  }

  private static byte[] newer(EventBatch batch, byte[] bytes) {
    try {
      var proto = dev.holdfast.proto.log.v1.EventBatch.parseFrom(bytes).toBuilder();
      for (int index = 0; index < batch.events().size(); index++) {
        if (batch.events().get(index).event() instanceof Event.Unreadable) {
          newer(proto.getEventsBuilder(index));
        }
      }
      return proto.build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives the adjustment that a batch begins with a field that this build does not know. */
  static byte[] withNewField(byte[] bytes) {
    try {
      var proto = dev.holdfast.proto.log.v1.EventBatch.parseFrom(bytes).toBuilder();
      proto.getEventsBuilder(0).getStockAdjustedBuilder().setUnknownFields(unknown());
      return proto.build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes an event one of an unknown type. */
  static void newer(dev.holdfast.proto.log.v1.Event.Builder event) {
    event.clearBody().setUnknownFields(unknown());
  }

  private static UnknownFieldSet unknown() {
    var field =
        UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.copyFromUtf8("newer"));
    return UnknownFieldSet.newBuilder().addField(UNKNOWN_FIELD, field.build()).build();
  }
}
