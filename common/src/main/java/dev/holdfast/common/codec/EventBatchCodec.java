package dev.holdfast.common.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.RecordedEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The one encoding of an {@link EventBatch}: Raft entry, event log row and feed message. */
public final class EventBatchCodec {
  /** The format this build writes, and the only one it reads. */
  public static final int FORMAT = 1;

  private static final int TAG_TYPE_BITS = 3;

  private EventBatchCodec() {}

  public static byte[] encode(EventBatch batch) {
    var proto =
        dev.holdfast.proto.log.v1.EventBatch.newBuilder()
            .setFormat(FORMAT)
            .setPartition(batch.partition())
            .setFirstSequence(batch.firstSequence())
            .setTerm(batch.term())
            .setTimeMillis(batch.timeMillis())
            .setPreviousHash(UnsafeByteOperations.unsafeWrap(batch.previousHash()));
    Origin last = null;
    for (RecordedEvent event : batch.events()) {
      // Commands of one call stand together and share their origin object.
      if (!event.origin().equals(last)) {
        last = event.origin();
        proto.addOrigins(
            dev.holdfast.proto.log.v1.Origin.newBuilder()
                .setRequestId(last.requestId())
                .setPrincipal(last.principal()));
      }
      proto.addEvents(EventCodec.toProto(event, proto.getOriginsCount() - 1));
    }
    return proto.build().toByteArray();
  }

  /** Reads a batch. The buffer's position and limit stay as they are. */
  public static EventBatch decode(ByteBuffer bytes) throws CorruptBatchException {
    return fromProto(parsed(bytes.duplicate()), EventCodec::fromProto);
  }

  private static dev.holdfast.proto.log.v1.EventBatch parsed(ByteBuffer bytes)
      throws CorruptBatchException {
    try {
      return dev.holdfast.proto.log.v1.EventBatch.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new CorruptBatchException("not an event batch: " + e.getMessage(), e);
    }
  }

  public static EventBatch decode(byte[] bytes) throws CorruptBatchException {
    return decode(ByteBuffer.wrap(bytes));
  }

  /**
   * Reads a batch of which single events may be unreadable: those become {@link Event.Unreadable}.
   * For readers that can put an event aside; a store node must know all of them.
   */
  public static EventBatch decodeLeniently(byte[] bytes) throws CorruptBatchException {
    return fromProto(parsed(ByteBuffer.wrap(bytes)), EventCodec::fromProtoLeniently);
  }

  /** What stands before the events of a batch, and how many they are. */
  public record Head(long firstSequence, long timeMillis, int events) {}

  /** Reads a batch without making its events. */
  public static Head head(byte[] encoded) throws CorruptBatchException {
    try {
      CodedInputStream in = CodedInputStream.newInstance(encoded);
      long first = 0;
      long time = 0;
      int events = 0;
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (tag >>> TAG_TYPE_BITS) {
          case dev.holdfast.proto.log.v1.EventBatch.FIRST_SEQUENCE_FIELD_NUMBER ->
              first = in.readUInt64();
          case dev.holdfast.proto.log.v1.EventBatch.TIME_MILLIS_FIELD_NUMBER ->
              time = in.readInt64();
          case dev.holdfast.proto.log.v1.EventBatch.EVENTS_FIELD_NUMBER -> {
            events++;
            in.skipField(tag);
          }
          default -> in.skipField(tag);
        }
      }
      return new Head(first, time, events);
    } catch (IOException e) {
      throw new CorruptBatchException("not an event batch: " + e.getMessage(), e);
    }
  }

  /** The number of events in a batch, without making them. */
  public static int countEvents(byte[] encoded) throws CorruptBatchException {
    try {
      CodedInputStream in = CodedInputStream.newInstance(encoded);
      int events = 0;
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag >>> TAG_TYPE_BITS == dev.holdfast.proto.log.v1.EventBatch.EVENTS_FIELD_NUMBER) {
          events++;
        }
        in.skipField(tag);
      }
      return events;
    } catch (IOException e) {
      throw new CorruptBatchException("not an event batch: " + e.getMessage(), e);
    }
  }

  /** How one event is read. */
  private interface EventReader {
    RecordedEvent read(dev.holdfast.proto.log.v1.Event proto, List<Origin> origins)
        throws CorruptBatchException;
  }

  private static EventBatch fromProto(
      dev.holdfast.proto.log.v1.EventBatch proto, EventReader reader) throws CorruptBatchException {
    if (proto.getFormat() != FORMAT) {
      throw new CorruptBatchException("unknown batch format " + proto.getFormat(), null);
    }
    List<Origin> origins = new ArrayList<>(proto.getOriginsCount());
    for (var origin : proto.getOriginsList()) {
      origins.add(new Origin(origin.getRequestId(), origin.getPrincipal()));
    }
    List<RecordedEvent> events = new ArrayList<>(proto.getEventsCount());
    for (var event : proto.getEventsList()) {
      events.add(reader.read(event, origins));
    }
    return new EventBatch(
        proto.getPartition(),
        proto.getFirstSequence(),
        proto.getTerm(),
        proto.getTimeMillis(),
        bytesOf(proto.getPreviousHash()),
        events);
  }

  private static byte[] bytesOf(ByteString bytes) {
    return bytes.toByteArray();
  }
}
