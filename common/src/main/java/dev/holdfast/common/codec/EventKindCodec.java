package dev.holdfast.common.codec;

import dev.holdfast.common.domain.EventKind;

/** Kinds of events and their numbers. An unknown number is an error, never a default. */
public final class EventKindCodec {
  private EventKindCodec() {}

  public static dev.holdfast.proto.log.v1.EventKind toProto(EventKind kind) {
    return switch (kind) {
      case ITEM_CREATED -> dev.holdfast.proto.log.v1.EventKind.EVENT_KIND_ITEM_CREATED;
      case STOCK_ADJUSTED -> dev.holdfast.proto.log.v1.EventKind.EVENT_KIND_STOCK_ADJUSTED;
      case STOCK_RESERVED -> dev.holdfast.proto.log.v1.EventKind.EVENT_KIND_STOCK_RESERVED;
      case RESERVATION_CONFIRMED ->
          dev.holdfast.proto.log.v1.EventKind.EVENT_KIND_RESERVATION_CONFIRMED;
      case RESERVATION_RELEASED ->
          dev.holdfast.proto.log.v1.EventKind.EVENT_KIND_RESERVATION_RELEASED;
      case COMMAND_REJECTED -> dev.holdfast.proto.log.v1.EventKind.EVENT_KIND_COMMAND_REJECTED;
      case RECEIPTS_EVICTED -> dev.holdfast.proto.log.v1.EventKind.EVENT_KIND_RECEIPTS_EVICTED;
      case STATE_DIGEST_RECORDED ->
          dev.holdfast.proto.log.v1.EventKind.EVENT_KIND_STATE_DIGEST_RECORDED;
    };
  }

  public static EventKind fromProto(dev.holdfast.proto.log.v1.EventKind kind) {
    return switch (kind) {
      case EVENT_KIND_ITEM_CREATED -> EventKind.ITEM_CREATED;
      case EVENT_KIND_STOCK_ADJUSTED -> EventKind.STOCK_ADJUSTED;
      case EVENT_KIND_STOCK_RESERVED -> EventKind.STOCK_RESERVED;
      case EVENT_KIND_RESERVATION_CONFIRMED -> EventKind.RESERVATION_CONFIRMED;
      case EVENT_KIND_RESERVATION_RELEASED -> EventKind.RESERVATION_RELEASED;
      case EVENT_KIND_COMMAND_REJECTED -> EventKind.COMMAND_REJECTED;
      case EVENT_KIND_RECEIPTS_EVICTED -> EventKind.RECEIPTS_EVICTED;
      case EVENT_KIND_STATE_DIGEST_RECORDED -> EventKind.STATE_DIGEST_RECORDED;
      case EVENT_KIND_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("unknown kind of event");
    };
  }
}
