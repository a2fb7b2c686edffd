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
      case ITEM_TERMS_CHANGED -> dev.holdfast.proto.log.v1.EventKind.EVENT_KIND_ITEM_TERMS_CHANGED;
      case STORE_TERMS_CHANGED ->
          dev.holdfast.proto.log.v1.EventKind.EVENT_KIND_STORE_TERMS_CHANGED;
      case STOCK_COUNTED -> dev.holdfast.proto.log.v1.EventKind.EVENT_KIND_STOCK_COUNTED;
      case ORDER_EXECUTED -> dev.holdfast.proto.log.v1.EventKind.EVENT_KIND_ORDER_EXECUTED;
      case LEASE_GRANTED -> dev.holdfast.proto.log.v1.EventKind.EVENT_KIND_LEASE_GRANTED;
      case LEASE_RENEWED -> dev.holdfast.proto.log.v1.EventKind.EVENT_KIND_LEASE_RENEWED;
      case LEASE_RELEASED -> dev.holdfast.proto.log.v1.EventKind.EVENT_KIND_LEASE_RELEASED;
      case TRANSFER_SHIPPED -> dev.holdfast.proto.log.v1.EventKind.EVENT_KIND_TRANSFER_SHIPPED;
      case TRANSFER_HANDED_OVER ->
          dev.holdfast.proto.log.v1.EventKind.EVENT_KIND_TRANSFER_HANDED_OVER;
      case TRANSFER_CANCELLED -> dev.holdfast.proto.log.v1.EventKind.EVENT_KIND_TRANSFER_CANCELLED;
      case HANDOVER_SETTLED -> dev.holdfast.proto.log.v1.EventKind.EVENT_KIND_HANDOVER_SETTLED;
      case TRANSFER_CREDITED -> dev.holdfast.proto.log.v1.EventKind.EVENT_KIND_TRANSFER_CREDITED;
      case TRANSFER_CREDIT_REFUSED ->
          dev.holdfast.proto.log.v1.EventKind.EVENT_KIND_TRANSFER_CREDIT_REFUSED;
      case RESERVATION_EXTENDED ->
          dev.holdfast.proto.log.v1.EventKind.EVENT_KIND_RESERVATION_EXTENDED;
      case RESERVATION_REPLACED ->
          dev.holdfast.proto.log.v1.EventKind.EVENT_KIND_RESERVATION_REPLACED;
      case RESERVATION_EXPIRED ->
          dev.holdfast.proto.log.v1.EventKind.EVENT_KIND_RESERVATION_EXPIRED;
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
      case EVENT_KIND_ITEM_TERMS_CHANGED -> EventKind.ITEM_TERMS_CHANGED;
      case EVENT_KIND_STORE_TERMS_CHANGED -> EventKind.STORE_TERMS_CHANGED;
      case EVENT_KIND_STOCK_COUNTED -> EventKind.STOCK_COUNTED;
      case EVENT_KIND_ORDER_EXECUTED -> EventKind.ORDER_EXECUTED;
      case EVENT_KIND_LEASE_GRANTED -> EventKind.LEASE_GRANTED;
      case EVENT_KIND_LEASE_RENEWED -> EventKind.LEASE_RENEWED;
      case EVENT_KIND_LEASE_RELEASED -> EventKind.LEASE_RELEASED;
      case EVENT_KIND_TRANSFER_SHIPPED -> EventKind.TRANSFER_SHIPPED;
      case EVENT_KIND_TRANSFER_HANDED_OVER -> EventKind.TRANSFER_HANDED_OVER;
      case EVENT_KIND_TRANSFER_CANCELLED -> EventKind.TRANSFER_CANCELLED;
      case EVENT_KIND_HANDOVER_SETTLED -> EventKind.HANDOVER_SETTLED;
      case EVENT_KIND_TRANSFER_CREDITED -> EventKind.TRANSFER_CREDITED;
      case EVENT_KIND_TRANSFER_CREDIT_REFUSED -> EventKind.TRANSFER_CREDIT_REFUSED;
      case EVENT_KIND_RESERVATION_EXTENDED -> EventKind.RESERVATION_EXTENDED;
      case EVENT_KIND_RESERVATION_REPLACED -> EventKind.RESERVATION_REPLACED;
      case EVENT_KIND_RESERVATION_EXPIRED -> EventKind.RESERVATION_EXPIRED;
      case EVENT_KIND_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("unknown kind of event");
    };
  }
}
