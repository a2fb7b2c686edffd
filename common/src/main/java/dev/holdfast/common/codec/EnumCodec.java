package dev.holdfast.common.codec;

import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.CommandKind;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.proto.log.v1.ReservationState;

/** Domain words and their persisted numbers. An unknown number is an error, never a default. */
final class EnumCodec {
  private EnumCodec() {}

  static dev.holdfast.proto.log.v1.AdjustmentReason toProto(AdjustmentReason reason) {
    return switch (reason) {
      case RECEIVE -> dev.holdfast.proto.log.v1.AdjustmentReason.ADJUSTMENT_REASON_RECEIVE;
      case SALE -> dev.holdfast.proto.log.v1.AdjustmentReason.ADJUSTMENT_REASON_SALE;
      case RETURN -> dev.holdfast.proto.log.v1.AdjustmentReason.ADJUSTMENT_REASON_RETURN;
      case WRITE_OFF -> dev.holdfast.proto.log.v1.AdjustmentReason.ADJUSTMENT_REASON_WRITE_OFF;
      case FOUND -> dev.holdfast.proto.log.v1.AdjustmentReason.ADJUSTMENT_REASON_FOUND;
      case RECOUNT -> dev.holdfast.proto.log.v1.AdjustmentReason.ADJUSTMENT_REASON_RECOUNT;
    };
  }

  static AdjustmentReason fromProto(dev.holdfast.proto.log.v1.AdjustmentReason reason) {
    return switch (reason) {
      case ADJUSTMENT_REASON_RECEIVE -> AdjustmentReason.RECEIVE;
      case ADJUSTMENT_REASON_SALE -> AdjustmentReason.SALE;
      case ADJUSTMENT_REASON_RETURN -> AdjustmentReason.RETURN;
      case ADJUSTMENT_REASON_WRITE_OFF -> AdjustmentReason.WRITE_OFF;
      case ADJUSTMENT_REASON_FOUND -> AdjustmentReason.FOUND;
      case ADJUSTMENT_REASON_RECOUNT -> AdjustmentReason.RECOUNT;
      case ADJUSTMENT_REASON_UNSPECIFIED, UNRECOGNIZED -> throw unknown("adjustment reason");
    };
  }

  static dev.holdfast.proto.log.v1.CommandKind toProto(CommandKind kind) {
    return switch (kind) {
      case CREATE_ITEM -> dev.holdfast.proto.log.v1.CommandKind.COMMAND_KIND_CREATE_ITEM;
      case ADJUST_STOCK -> dev.holdfast.proto.log.v1.CommandKind.COMMAND_KIND_ADJUST_STOCK;
      case RESERVE -> dev.holdfast.proto.log.v1.CommandKind.COMMAND_KIND_RESERVE;
      case CONFIRM_RESERVATION ->
          dev.holdfast.proto.log.v1.CommandKind.COMMAND_KIND_CONFIRM_RESERVATION;
      case RELEASE_RESERVATION ->
          dev.holdfast.proto.log.v1.CommandKind.COMMAND_KIND_RELEASE_RESERVATION;
      case SET_SAFETY_STOCK -> dev.holdfast.proto.log.v1.CommandKind.COMMAND_KIND_SET_SAFETY_STOCK;
      case SET_ITEM_FROZEN -> dev.holdfast.proto.log.v1.CommandKind.COMMAND_KIND_SET_ITEM_FROZEN;
      case DELETE_ITEM -> dev.holdfast.proto.log.v1.CommandKind.COMMAND_KIND_DELETE_ITEM;
      case SET_STORE_FROZEN -> dev.holdfast.proto.log.v1.CommandKind.COMMAND_KIND_SET_STORE_FROZEN;
      case COUNT_STOCK -> dev.holdfast.proto.log.v1.CommandKind.COMMAND_KIND_COUNT_STOCK;
      case SUBMIT_ORDER -> dev.holdfast.proto.log.v1.CommandKind.COMMAND_KIND_SUBMIT_ORDER;
      case ACQUIRE_LEASE -> dev.holdfast.proto.log.v1.CommandKind.COMMAND_KIND_ACQUIRE_LEASE;
      case RENEW_LEASE -> dev.holdfast.proto.log.v1.CommandKind.COMMAND_KIND_RENEW_LEASE;
      case RELEASE_LEASE -> dev.holdfast.proto.log.v1.CommandKind.COMMAND_KIND_RELEASE_LEASE;
      case SHIP_TRANSFER -> dev.holdfast.proto.log.v1.CommandKind.COMMAND_KIND_SHIP_TRANSFER;
      case RECEIVE_TRANSFER -> dev.holdfast.proto.log.v1.CommandKind.COMMAND_KIND_RECEIVE_TRANSFER;
      case CANCEL_TRANSFER -> dev.holdfast.proto.log.v1.CommandKind.COMMAND_KIND_CANCEL_TRANSFER;
      case CREDIT_TRANSFER -> dev.holdfast.proto.log.v1.CommandKind.COMMAND_KIND_CREDIT_TRANSFER;
      case SETTLE_HANDOVER -> dev.holdfast.proto.log.v1.CommandKind.COMMAND_KIND_SETTLE_HANDOVER;
      case EXTEND_RESERVATION ->
          dev.holdfast.proto.log.v1.CommandKind.COMMAND_KIND_EXTEND_RESERVATION;
      case REPLACE_RESERVATION ->
          dev.holdfast.proto.log.v1.CommandKind.COMMAND_KIND_REPLACE_RESERVATION;
      case EXPIRE_RESERVATION ->
          dev.holdfast.proto.log.v1.CommandKind.COMMAND_KIND_EXPIRE_RESERVATION;
    };
  }

  static CommandKind fromProto(dev.holdfast.proto.log.v1.CommandKind kind) {
    return switch (kind) {
      case COMMAND_KIND_CREATE_ITEM -> CommandKind.CREATE_ITEM;
      case COMMAND_KIND_ADJUST_STOCK -> CommandKind.ADJUST_STOCK;
      case COMMAND_KIND_RESERVE -> CommandKind.RESERVE;
      case COMMAND_KIND_CONFIRM_RESERVATION -> CommandKind.CONFIRM_RESERVATION;
      case COMMAND_KIND_RELEASE_RESERVATION -> CommandKind.RELEASE_RESERVATION;
      case COMMAND_KIND_SET_SAFETY_STOCK -> CommandKind.SET_SAFETY_STOCK;
      case COMMAND_KIND_SET_ITEM_FROZEN -> CommandKind.SET_ITEM_FROZEN;
      case COMMAND_KIND_DELETE_ITEM -> CommandKind.DELETE_ITEM;
      case COMMAND_KIND_SET_STORE_FROZEN -> CommandKind.SET_STORE_FROZEN;
      case COMMAND_KIND_COUNT_STOCK -> CommandKind.COUNT_STOCK;
      case COMMAND_KIND_SUBMIT_ORDER -> CommandKind.SUBMIT_ORDER;
      case COMMAND_KIND_ACQUIRE_LEASE -> CommandKind.ACQUIRE_LEASE;
      case COMMAND_KIND_RENEW_LEASE -> CommandKind.RENEW_LEASE;
      case COMMAND_KIND_RELEASE_LEASE -> CommandKind.RELEASE_LEASE;
      case COMMAND_KIND_SHIP_TRANSFER -> CommandKind.SHIP_TRANSFER;
      case COMMAND_KIND_RECEIVE_TRANSFER -> CommandKind.RECEIVE_TRANSFER;
      case COMMAND_KIND_CANCEL_TRANSFER -> CommandKind.CANCEL_TRANSFER;
      case COMMAND_KIND_CREDIT_TRANSFER -> CommandKind.CREDIT_TRANSFER;
      case COMMAND_KIND_SETTLE_HANDOVER -> CommandKind.SETTLE_HANDOVER;
      case COMMAND_KIND_EXTEND_RESERVATION -> CommandKind.EXTEND_RESERVATION;
      case COMMAND_KIND_REPLACE_RESERVATION -> CommandKind.REPLACE_RESERVATION;
      case COMMAND_KIND_EXPIRE_RESERVATION -> CommandKind.EXPIRE_RESERVATION;
      case COMMAND_KIND_UNSPECIFIED, UNRECOGNIZED -> throw unknown("command kind");
    };
  }

  static dev.holdfast.proto.log.v1.RejectionCode toProto(RejectionCode code) {
    return switch (code) {
      case ITEM_NOT_FOUND -> dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_ITEM_NOT_FOUND;
      case RESERVATION_NOT_FOUND ->
          dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_RESERVATION_NOT_FOUND;
      case ITEM_EXISTS -> dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_ITEM_EXISTS;
      case RESERVATION_EXISTS ->
          dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_RESERVATION_EXISTS;
      case VERSION_CONFLICT ->
          dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_VERSION_CONFLICT;
      case INSUFFICIENT_STOCK ->
          dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_INSUFFICIENT_STOCK;
      case QUANTITY_LIMIT -> dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_QUANTITY_LIMIT;
      case ITEM_FROZEN -> dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_ITEM_FROZEN;
      case STORE_FROZEN -> dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_STORE_FROZEN;
      case NOT_EMPTY -> dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_NOT_EMPTY;
      case COUNT_BELOW_RESERVED ->
          dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_COUNT_BELOW_RESERVED;
      case ORDER_TOO_LARGE ->
          dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_ORDER_TOO_LARGE;
      case COUNT_OVERTAKEN ->
          dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_COUNT_OVERTAKEN;
      case LOCKED -> dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_LOCKED;
      case STALE_TOKEN -> dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_STALE_TOKEN;
      case TOO_MANY_LEASES ->
          dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_TOO_MANY_LEASES;
      case TRANSFER_NOT_FOUND ->
          dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_TRANSFER_NOT_FOUND;
      case TRANSFER_EXISTS ->
          dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_TRANSFER_EXISTS;
      case TRANSFER_CLOSED ->
          dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_TRANSFER_CLOSED;
      case DESTINATION_NOT_FOUND ->
          dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_DESTINATION_NOT_FOUND;
      case NOT_OUTSTANDING ->
          dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_NOT_OUTSTANDING;
      case HANDOVER_OUT_OF_ORDER ->
          dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_HANDOVER_OUT_OF_ORDER;
      case RESERVATION_CLOSED ->
          dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_RESERVATION_CLOSED;
      case RESERVATION_EXPIRED ->
          dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_RESERVATION_EXPIRED;
      case NOT_HELD -> dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_NOT_HELD;
      case NOT_DUE -> dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_NOT_DUE;
      case LIFETIME_LIMIT -> dev.holdfast.proto.log.v1.RejectionCode.REJECTION_CODE_LIFETIME_LIMIT;
    };
  }

  static RejectionCode fromProto(dev.holdfast.proto.log.v1.RejectionCode code) {
    return switch (code) {
      case REJECTION_CODE_ITEM_NOT_FOUND -> RejectionCode.ITEM_NOT_FOUND;
      case REJECTION_CODE_RESERVATION_NOT_FOUND -> RejectionCode.RESERVATION_NOT_FOUND;
      case REJECTION_CODE_ITEM_EXISTS -> RejectionCode.ITEM_EXISTS;
      case REJECTION_CODE_RESERVATION_EXISTS -> RejectionCode.RESERVATION_EXISTS;
      case REJECTION_CODE_VERSION_CONFLICT -> RejectionCode.VERSION_CONFLICT;
      case REJECTION_CODE_INSUFFICIENT_STOCK -> RejectionCode.INSUFFICIENT_STOCK;
      case REJECTION_CODE_QUANTITY_LIMIT -> RejectionCode.QUANTITY_LIMIT;
      case REJECTION_CODE_ITEM_FROZEN -> RejectionCode.ITEM_FROZEN;
      case REJECTION_CODE_STORE_FROZEN -> RejectionCode.STORE_FROZEN;
      case REJECTION_CODE_NOT_EMPTY -> RejectionCode.NOT_EMPTY;
      case REJECTION_CODE_COUNT_BELOW_RESERVED -> RejectionCode.COUNT_BELOW_RESERVED;
      case REJECTION_CODE_ORDER_TOO_LARGE -> RejectionCode.ORDER_TOO_LARGE;
      case REJECTION_CODE_COUNT_OVERTAKEN -> RejectionCode.COUNT_OVERTAKEN;
      case REJECTION_CODE_LOCKED -> RejectionCode.LOCKED;
      case REJECTION_CODE_STALE_TOKEN -> RejectionCode.STALE_TOKEN;
      case REJECTION_CODE_TOO_MANY_LEASES -> RejectionCode.TOO_MANY_LEASES;
      case REJECTION_CODE_TRANSFER_NOT_FOUND -> RejectionCode.TRANSFER_NOT_FOUND;
      case REJECTION_CODE_TRANSFER_EXISTS -> RejectionCode.TRANSFER_EXISTS;
      case REJECTION_CODE_TRANSFER_CLOSED -> RejectionCode.TRANSFER_CLOSED;
      case REJECTION_CODE_DESTINATION_NOT_FOUND -> RejectionCode.DESTINATION_NOT_FOUND;
      case REJECTION_CODE_NOT_OUTSTANDING -> RejectionCode.NOT_OUTSTANDING;
      case REJECTION_CODE_HANDOVER_OUT_OF_ORDER -> RejectionCode.HANDOVER_OUT_OF_ORDER;
      case REJECTION_CODE_RESERVATION_CLOSED -> RejectionCode.RESERVATION_CLOSED;
      case REJECTION_CODE_RESERVATION_EXPIRED -> RejectionCode.RESERVATION_EXPIRED;
      case REJECTION_CODE_NOT_HELD -> RejectionCode.NOT_HELD;
      case REJECTION_CODE_NOT_DUE -> RejectionCode.NOT_DUE;
      case REJECTION_CODE_LIFETIME_LIMIT -> RejectionCode.LIFETIME_LIMIT;
      case REJECTION_CODE_UNSPECIFIED, UNRECOGNIZED -> throw unknown("rejection code");
    };
  }

  static ReservationState toProto(Reservation.State state) {
    return switch (state) {
      case OPEN -> ReservationState.RESERVATION_STATE_OPEN;
      case CONFIRMED -> ReservationState.RESERVATION_STATE_CONFIRMED;
      case RELEASED -> ReservationState.RESERVATION_STATE_RELEASED;
      case EXPIRED -> ReservationState.RESERVATION_STATE_EXPIRED;
    };
  }

  static Reservation.State fromProto(ReservationState state) {
    return switch (state) {
      case RESERVATION_STATE_OPEN -> Reservation.State.OPEN;
      case RESERVATION_STATE_CONFIRMED -> Reservation.State.CONFIRMED;
      case RESERVATION_STATE_RELEASED -> Reservation.State.RELEASED;
      case RESERVATION_STATE_EXPIRED -> Reservation.State.EXPIRED;
      case UNRECOGNIZED -> throw unknown("reservation state");
    };
  }

  private static IllegalArgumentException unknown(String what) {
    return new IllegalArgumentException("unknown " + what);
  }
}
