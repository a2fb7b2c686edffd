package dev.holdfast.common.codec;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.proto.log.v1.EventBatch;
import java.io.IOException;
import java.util.List;

/** Single events as they stand in the log, for whoever has to keep one that it cannot use. */
public final class RawEvents {
  private RawEvents() {}

  /**
   * The bytes of the event at an index of an encoded batch, with all that this build cannot read.
   */
  public static byte[] at(byte[] batch, int index) throws CorruptBatchException {
    try {
      CodedInputStream in = CodedInputStream.newInstance(batch);
      int before = index;
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (isEvent(tag) && before-- == 0) {
          return in.readByteArray();
        }
        in.skipField(tag);
      }
    } catch (IOException e) {
      throw new CorruptBatchException("not an event batch: " + e.getMessage(), e);
    }
    throw new CorruptBatchException("a batch without an event " + index, null);
  }

  private static boolean isEvent(int tag) {
    return WireFormat.getTagFieldNumber(tag) == EventBatch.EVENTS_FIELD_NUMBER;
  }

  /** An event with nothing but what happened. */
  public static byte[] encode(Event event) {
    return EventCodec.setBody(dev.holdfast.proto.log.v1.Event.newBuilder(), event)
        .build()
        .toByteArray();
  }

  /** What happened, without who asked for it: that stands in the batch. */
  public static Event decode(byte[] event) throws UnreadableException {
    return EventCodec.body(known(event));
  }

  /**
   * The event with all that its own bytes tell.
   *
   * @param origin what its batch says
   */
  public static RecordedEvent decode(byte[] event, Origin origin) throws UnreadableException {
    dev.holdfast.proto.log.v1.Event proto = known(event).toBuilder().setOrigin(0).build();
    return EventCodec.fromProto(proto, List.of(origin));
  }

  /** The event as text, as far as this build can read it. */
  public static String text(byte[] event) throws CorruptBatchException {
    return parsed(event).toString();
  }

  private static dev.holdfast.proto.log.v1.Event known(byte[] event) throws UnreadableException {
    dev.holdfast.proto.log.v1.Event proto = parsed(event);
    EventCodec.KNOWN.check(event);
    return proto;
  }

  private static dev.holdfast.proto.log.v1.Event parsed(byte[] event) throws CorruptBatchException {
    try {
      return dev.holdfast.proto.log.v1.Event.parseFrom(event);
    } catch (InvalidProtocolBufferException e) {
      throw new CorruptBatchException("not an event: " + e.getMessage(), e);
    }
  }
}
