package dev.holdfast.common.codec;

import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.CommandKind;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.TransferEvent;
import dev.holdfast.proto.log.v1.CommandRejected;
import dev.holdfast.proto.log.v1.ItemCreated;
import dev.holdfast.proto.log.v1.ReceiptsEvicted;
import dev.holdfast.proto.log.v1.StateDigestRecorded;
import dev.holdfast.proto.log.v1.StockAdjusted;
import java.util.List;

/** One event between its domain and its persisted form. */
final class EventCodec {
  static final KnownFields KNOWN = KnownFields.of(dev.holdfast.proto.log.v1.Event.getDescriptor());

  private EventCodec() {}

  static dev.holdfast.proto.log.v1.Event toProto(RecordedEvent recorded, int origin) {
    var proto =
        dev.holdfast.proto.log.v1.Event.newBuilder()
            .setOrigin(origin)
            .setReference(recorded.reference())
            .setIdempotencyKey(recorded.idempotencyKey())
            .setFingerprint(recorded.fingerprint());
    setBody(proto, recorded.event());
    return proto.build();
  }

  static void setBody(dev.holdfast.proto.log.v1.Event.Builder proto, Event event) {
    if (event instanceof Event.StockAdjusted e) {
      proto.setStockAdjusted(
          StockAdjusted.newBuilder()
              .setStore(e.item().store())
              .setSku(e.item().sku())
              .setDelta(e.delta())
              .setReasonValue(e.reason().number())
              .setAfter(LevelCodec.toProto(e.after()))
              .setShortfall(e.shortfall()));
    } else if (event instanceof Event.ItemCreated e) {
      proto.setItemCreated(
          ItemCreated.newBuilder()
              .setStore(e.item().store())
              .setSku(e.item().sku())
              .setAfter(LevelCodec.toProto(e.after())));
      if (e.before() != null) {
        proto.getItemCreatedBuilder().setBefore(LevelCodec.toProto(e.before()));
      }
    } else if (event instanceof Event.CommandRejected e) {
      proto.setCommandRejected(toProto(e));
    } else if (event instanceof Event.ReceiptsEvicted e) {
      proto.setReceiptsEvicted(
          ReceiptsEvicted.newBuilder().setThroughSequence(e.throughSequence()));
    } else if (event instanceof Event.StateDigestRecorded e) {
      proto.setStateDigestRecorded(
          StateDigestRecorded.newBuilder().setDigest(StateDigestCodec.toProto(e.digest())));
    } else if (event instanceof TransferEvent e) {
      TransferEventCodec.setBody(proto, e);
    } else if (!ReservationEventCodec.setBody(proto, event)
        && !TermsEventCodec.setBody(proto, event)
        && !LeaseEventCodec.setBody(proto, event)) {
      throw new IllegalStateException("no format for " + event.getClass().getSimpleName());
    }
  }

  private static CommandRejected toProto(Event.CommandRejected event) {
    Rejection rejection = event.rejection();
    return CommandRejected.newBuilder()
        .setCommandValue(event.command().number())
        .setCodeValue(rejection.code().number())
        .setStore(event.store())
        .setSku(rejection.sku())
        .setReservationId(event.reservationId())
        .setRequested(rejection.requested())
        .setAvailable(rejection.available())
        .setExpectedVersion(rejection.expectedVersion())
        .setActualVersion(rejection.actualVersion())
        .setOperation(event.operation())
        .setHeld(rejection.held())
        .setOnHand(rejection.onHand())
        .setSafetyStock(rejection.safetyStock())
        .setReservationStateValue(rejection.reservation().state().number())
        .setLifeEndsMillis(rejection.reservation().lifeEndsMillis())
        .build();
  }

  static RecordedEvent fromProto(dev.holdfast.proto.log.v1.Event proto, List<Origin> origins)
      throws CorruptBatchException {
    if (proto.getOrigin() >= origins.size() || proto.getOrigin() < 0) {
      throw new CorruptBatchException("event of an origin that is not there", null);
    }
    return new RecordedEvent(
        body(proto),
        origins.get(proto.getOrigin()),
        proto.getReference(),
        proto.getIdempotencyKey(),
        proto.getFingerprint());
  }

  /** As {@link #fromProto}, but what cannot be read becomes an event that says why. */
  static RecordedEvent fromProtoLeniently(
      dev.holdfast.proto.log.v1.Event proto, List<Origin> origins) {
    try {
      return fromProto(proto, origins);
    } catch (CorruptBatchException e) {
      return unreadable(proto, origins, e);
    }
  }

  /** An event that says why it cannot be read. */
  static RecordedEvent unreadable(
      dev.holdfast.proto.log.v1.Event proto, List<Origin> origins, UnreadableException why) {
    Event unreadable = new Event.Unreadable(String.valueOf(why.getMessage()));
    boolean isOfOrigin = proto.getOrigin() >= 0 && proto.getOrigin() < origins.size();
    Origin origin = isOfOrigin ? origins.get(proto.getOrigin()) : Origin.SYSTEM;
    return new RecordedEvent(unreadable, origin, "", "", 0);
  }

  static Event body(dev.holdfast.proto.log.v1.Event proto) throws CorruptBatchException {
    try {
      return switch (proto.getBodyCase()) {
        case STOCK_ADJUSTED -> fromProto(proto.getStockAdjusted());
        case ITEM_CREATED -> fromProto(proto.getItemCreated());
        case STOCK_RESERVED -> ReservationEventCodec.fromProto(proto.getStockReserved());
        case RESERVATION_CONFIRMED ->
            ReservationEventCodec.fromProto(proto.getReservationConfirmed());
        case RESERVATION_RELEASED ->
            ReservationEventCodec.fromProto(proto.getReservationReleased());
        case RESERVATION_EXTENDED ->
            ReservationEventCodec.fromProto(proto.getReservationExtended());
        case RESERVATION_REPLACED ->
            ReservationEventCodec.fromProto(proto.getReservationReplaced());
        case RESERVATION_EXPIRED -> ReservationEventCodec.fromProto(proto.getReservationExpired());
        case COMMAND_REJECTED -> fromProto(proto.getCommandRejected());
        case RECEIPTS_EVICTED ->
            new Event.ReceiptsEvicted(proto.getReceiptsEvicted().getThroughSequence());
        case STATE_DIGEST_RECORDED ->
            new Event.StateDigestRecorded(
                StateDigestCodec.fromProto(proto.getStateDigestRecorded().getDigest()));
        case ITEM_TERMS_CHANGED -> TermsEventCodec.fromProto(proto.getItemTermsChanged());
        case STORE_TERMS_CHANGED -> TermsEventCodec.fromProto(proto.getStoreTermsChanged());
        case STOCK_COUNTED -> TermsEventCodec.fromProto(proto.getStockCounted());
        case ORDER_EXECUTED -> TermsEventCodec.fromProto(proto.getOrderExecuted());
        case LEASE_GRANTED -> LeaseEventCodec.fromProto(proto.getLeaseGranted());
        case LEASE_RENEWED -> LeaseEventCodec.fromProto(proto.getLeaseRenewed());
        case LEASE_RELEASED -> LeaseEventCodec.fromProto(proto.getLeaseReleased());
        case TRANSFER_SHIPPED -> TransferEventCodec.fromProto(proto.getTransferShipped());
        case TRANSFER_HANDED_OVER -> TransferEventCodec.fromProto(proto.getTransferHandedOver());
        case TRANSFER_CANCELLED -> TransferEventCodec.fromProto(proto.getTransferCancelled());
        case HANDOVER_SETTLED -> TransferEventCodec.fromProto(proto.getHandoverSettled());
        case TRANSFER_CREDITED -> TransferEventCodec.fromProto(proto.getTransferCredited());
        case TRANSFER_CREDIT_REFUSED ->
            TransferEventCodec.fromProto(proto.getTransferCreditRefused());
        case BODY_NOT_SET -> throw new CorruptBatchException("event without a body", null);
      };
    } catch (IllegalArgumentException e) {
      throw new CorruptBatchException("impossible event: " + e.getMessage(), e);
    }
  }

  private static Event fromProto(StockAdjusted proto) {
    return new Event.StockAdjusted(
        new StockKey(proto.getStore(), proto.getSku()),
        proto.getDelta(),
        AdjustmentReason.of(proto.getReasonValue()),
        LevelCodec.fromProto(proto.getAfter()),
        proto.getShortfall());
  }

  private static Event fromProto(ItemCreated proto) {
    return new Event.ItemCreated(
        new StockKey(proto.getStore(), proto.getSku()),
        proto.hasBefore() ? LevelCodec.fromProto(proto.getBefore()) : null,
        LevelCodec.fromProto(proto.getAfter()));
  }

  private static Event fromProto(CommandRejected proto) {
    CommandKind kind = CommandKind.of(proto.getCommandValue());
    RejectionCode code = RejectionCode.of(proto.getCodeValue());
    return new Event.CommandRejected(
        kind,
        proto.getStore(),
        proto.getReservationId(),
        new Rejection(
            code,
            proto.getSku(),
            proto.getRequested(),
            proto.getAvailable(),
            proto.getHeld(),
            proto.getOnHand(),
            proto.getSafetyStock(),
            proto.getExpectedVersion(),
            proto.getActualVersion(),
            new Rejection.Facts(
                Reservation.State.of(proto.getReservationStateValue()), proto.getLifeEndsMillis())),
        proto.getOperation());
  }
}
