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
import java.util.ArrayList;
import java.util.List;

/** The one encoding of an {@link EventBatch}: Raft entry, event log row and feed message. */
public final class EventBatchCodec {
  /** The format this build writes, and the only one it reads. */
  public static final int FORMAT = 1;

  private static final int TAG_TYPE_BITS = 3;

  private static final KnownFields BATCH =
      KnownFields.of(dev.holdfast.proto.log.v1.EventBatch.getDescriptor());

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

  /** Reads a batch of which this build knows everything. */
  public static EventBatch decode(byte[] bytes) throws UnreadableException {
    dev.holdfast.proto.log.v1.EventBatch proto = parsed(bytes);
    BATCH.check(bytes);
    return fromProto(proto, EventCodec::fromProto);
  }

  /**
   * Reads a batch of which single events may be unreadable: those become {@link Event.Unreadable}.
   * For readers that can put an event aside; a store node must know all of them.
   *
   * @throws NeedsNewerBuildException when this build does not know all that stands around the
   *     events
   */
  public static EventBatch decodeLeniently(byte[] bytes) throws UnreadableException {
    dev.holdfast.proto.log.v1.EventBatch proto = parsed(bytes);
    if (isKnown(bytes)) {
      return fromProto(proto, EventCodec::fromProtoLeniently);
    }
    BATCH.check(proto.toBuilder().clearEvents().build().toByteArray());
    return fromProto(proto, EventBatchCodec::readIfKnown);
  }

  private static boolean isKnown(byte[] bytes) {
    try {
      BATCH.check(bytes);
      return true;
    } catch (NeedsNewerBuildException newer) {
      return false;
    }
  }

  private static RecordedEvent readIfKnown(
      dev.holdfast.proto.log.v1.Event proto, List<Origin> origins) {
    try {
      EventCodec.KNOWN.check(proto.toByteArray());
      return EventCodec.fromProtoLeniently(proto, origins);
    } catch (NeedsNewerBuildException newer) {
      return EventCodec.unreadable(proto, origins, newer);
    }
  }

  private static dev.holdfast.proto.log.v1.EventBatch parsed(byte[] bytes)
      throws UnreadableException {
    try {
      var proto = dev.holdfast.proto.log.v1.EventBatch.parseFrom(bytes);
      checkFormat(proto.getFormat());
      return proto;
    } catch (InvalidProtocolBufferException e) {
      throw new CorruptBatchException("not an event batch: " + e.getMessage(), e);
    }
  }

  private static void checkFormat(int format) throws UnreadableException {
    if (format > FORMAT) {
      throw new NeedsNewerBuildException("batch format " + format);
    }
    if (format != FORMAT) {
      throw new CorruptBatchException("unknown batch format " + format, null);
    }
  }

  /** What stands before the events of a batch, and how many they are. */
  public record Head(long firstSequence, long timeMillis, int events) {}

  /** Reads a batch without making its events. */
  public static Head head(byte[] encoded) throws UnreadableException {
    try {
      CodedInputStream in = CodedInputStream.newInstance(encoded);
      long first = 0;
      long time = 0;
      int events = 0;
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (tag >>> TAG_TYPE_BITS) {
          case dev.holdfast.proto.log.v1.EventBatch.FORMAT_FIELD_NUMBER ->
              checkFormat(in.readUInt32());
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
    } catch (UnreadableException e) {
      throw e;
    } catch (IOException e) {
      throw new CorruptBatchException("not an event batch: " + e.getMessage(), e);
    }
  }

  /** The number of events in a batch, whatever this build knows of them. */
  public static int countEvents(byte[] encoded) throws UnreadableException {
    return head(encoded).events();
  }

  /** How one event is read. */
  private interface EventReader {
    RecordedEvent read(dev.holdfast.proto.log.v1.Event proto, List<Origin> origins)
        throws CorruptBatchException;
  }

  private static EventBatch fromProto(
      dev.holdfast.proto.log.v1.EventBatch proto, EventReader reader) throws CorruptBatchException {
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
