package dev.holdfast.common.codec;

import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.Rejection.InsufficientStock;
import dev.holdfast.common.domain.Rejection.LifetimeLimit;
import dev.holdfast.common.domain.Rejection.NotHeld;
import dev.holdfast.common.domain.Rejection.NotOutstanding;
import dev.holdfast.common.domain.Rejection.OrderTooLarge;
import dev.holdfast.common.domain.Rejection.QuantityLimit;
import dev.holdfast.common.domain.Rejection.ReservationIs;
import dev.holdfast.common.domain.Rejection.StaleToken;
import dev.holdfast.common.domain.Rejection.StockInTheWay;
import dev.holdfast.common.domain.Rejection.VersionConflict;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.proto.log.v1.CommandRejected;

/**
 * Rejections between their domain and their persisted form, in which facts of several codes share a
 * field.
 */
public final class RejectionCodec {
  private RejectionCodec() {}

  /** The code and the facts, each in the field that the log has for it. */
  public static CommandRejected.Builder toProto(Rejection rejection) {
    CommandRejected.Builder proto =
        CommandRejected.newBuilder()
            .setCodeValue(rejection.code().number())
            .setSku(rejection.sku());
    return switch (rejection.code()) {
      case ITEM_NOT_FOUND,
          ITEM_EXISTS,
          ITEM_FROZEN,
          STORE_FROZEN,
          COUNT_OVERTAKEN,
          LOCKED,
          TOO_MANY_LEASES,
          RESERVATION_NOT_FOUND,
          RESERVATION_EXPIRED,
          NOT_DUE,
          TRANSFER_NOT_FOUND,
          TRANSFER_EXISTS,
          TRANSFER_CLOSED,
          DESTINATION_NOT_FOUND,
          HANDOVER_OUT_OF_ORDER ->
          proto;
      case INSUFFICIENT_STOCK -> put((InsufficientStock) rejection, proto);
      case QUANTITY_LIMIT -> put((QuantityLimit) rejection, proto);
      case NOT_EMPTY, COUNT_BELOW_RESERVED -> put((StockInTheWay) rejection, proto);
      case VERSION_CONFLICT -> put((VersionConflict) rejection, proto);
      case STALE_TOKEN -> put((StaleToken) rejection, proto);
      case NOT_HELD -> put((NotHeld) rejection, proto);
      case LIFETIME_LIMIT -> proto.setLifeEndsMillis(((LifetimeLimit) rejection).lifeEndsMillis());
      case RESERVATION_EXISTS, RESERVATION_CLOSED ->
          proto.setReservationStateValue(((ReservationIs) rejection).state().number());
      case ORDER_TOO_LARGE -> put((OrderTooLarge) rejection, proto);
      case NOT_OUTSTANDING -> put((NotOutstanding) rejection, proto);
    };
  }

  private static CommandRejected.Builder put(InsufficientStock it, CommandRejected.Builder proto) {
    return proto
        .setRequested(it.requested())
        .setAvailable(it.available())
        .setOnHand(it.onHand())
        .setHeld(it.held())
        .setSafetyStock(it.safetyStock());
  }

  private static CommandRejected.Builder put(QuantityLimit it, CommandRejected.Builder proto) {
    return proto.setRequested(it.requested()).setAvailable(it.available());
  }

  private static CommandRejected.Builder put(StockInTheWay it, CommandRejected.Builder proto) {
    return proto.setRequested(it.reserved()).setAvailable(it.onHand());
  }

  private static CommandRejected.Builder put(VersionConflict it, CommandRejected.Builder proto) {
    return proto.setExpectedVersion(it.expected()).setActualVersion(it.actual());
  }

  private static CommandRejected.Builder put(StaleToken it, CommandRejected.Builder proto) {
    return proto.setExpectedVersion(it.given()).setActualVersion(it.current());
  }

  private static CommandRejected.Builder put(NotHeld it, CommandRejected.Builder proto) {
    return proto.setRequested(it.requested()).setHeld(it.held());
  }

  private static CommandRejected.Builder put(OrderTooLarge it, CommandRejected.Builder proto) {
    return proto.setRequested(it.changes()).setAvailable(it.changesMax());
  }

  private static CommandRejected.Builder put(NotOutstanding it, CommandRejected.Builder proto) {
    return proto.setRequested(it.requested()).setAvailable(it.outstanding());
  }

  /** Reads the facts that the code comes with; no build has written others beside them. */
  static Rejection fromProto(CommandRejected proto) {
    RejectionCode code = RejectionCode.of(proto.getCodeValue());
    return switch (code) {
      case ITEM_NOT_FOUND,
          ITEM_EXISTS,
          ITEM_FROZEN,
          STORE_FROZEN,
          COUNT_OVERTAKEN,
          LOCKED,
          TOO_MANY_LEASES,
          RESERVATION_NOT_FOUND,
          RESERVATION_EXPIRED,
          NOT_DUE,
          TRANSFER_NOT_FOUND,
          TRANSFER_EXISTS,
          TRANSFER_CLOSED,
          DESTINATION_NOT_FOUND,
          HANDOVER_OUT_OF_ORDER ->
          Rejection.of(code, proto.getSku());
      case INSUFFICIENT_STOCK ->
          new InsufficientStock(
              proto.getSku(),
              proto.getRequested(),
              proto.getAvailable(),
              proto.getOnHand(),
              proto.getHeld(),
              proto.getSafetyStock());
      case QUANTITY_LIMIT ->
          new QuantityLimit(proto.getSku(), proto.getRequested(), proto.getAvailable());
      case NOT_EMPTY, COUNT_BELOW_RESERVED ->
          new StockInTheWay(code, proto.getSku(), proto.getAvailable(), proto.getRequested());
      case VERSION_CONFLICT ->
          new VersionConflict(proto.getSku(), proto.getExpectedVersion(), proto.getActualVersion());
      case STALE_TOKEN ->
          new StaleToken(proto.getSku(), proto.getExpectedVersion(), proto.getActualVersion());
      case NOT_HELD -> new NotHeld(proto.getSku(), proto.getRequested(), proto.getHeld());
      case LIFETIME_LIMIT -> new LifetimeLimit(proto.getLifeEndsMillis());
      case RESERVATION_EXISTS, RESERVATION_CLOSED ->
          new ReservationIs(code, Reservation.State.of(proto.getReservationStateValue()));
      case ORDER_TOO_LARGE -> new OrderTooLarge(proto.getRequested(), proto.getAvailable());
      case NOT_OUTSTANDING ->
          new NotOutstanding(proto.getSku(), proto.getRequested(), proto.getAvailable());
    };
  }
}
