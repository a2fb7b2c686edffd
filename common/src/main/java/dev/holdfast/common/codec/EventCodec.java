package dev.holdfast.common.codec;

import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.CommandKind;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.LeaseEvent.LeaseGranted;
import dev.holdfast.common.domain.LeaseEvent.LeaseReleased;
import dev.holdfast.common.domain.LeaseEvent.LeaseRenewed;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.ReservationEvent.ReservationConfirmed;
import dev.holdfast.common.domain.ReservationEvent.ReservationExpired;
import dev.holdfast.common.domain.ReservationEvent.ReservationExtended;
import dev.holdfast.common.domain.ReservationEvent.ReservationReleased;
import dev.holdfast.common.domain.ReservationEvent.ReservationReplaced;
import dev.holdfast.common.domain.ReservationEvent.StockReserved;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.TermsEvent.ItemTermsChanged;
import dev.holdfast.common.domain.TermsEvent.StoreTermsChanged;
import dev.holdfast.common.domain.TransferEvent.HandoverSettled;
import dev.holdfast.common.domain.TransferEvent.TransferCancelled;
import dev.holdfast.common.domain.TransferEvent.TransferCreditRefused;
import dev.holdfast.common.domain.TransferEvent.TransferCredited;
import dev.holdfast.common.domain.TransferEvent.TransferHandedOver;
import dev.holdfast.common.domain.TransferEvent.TransferShipped;
import dev.holdfast.proto.log.v1.CommandRejected;
import dev.holdfast.proto.log.v1.ItemCreated;
import dev.holdfast.proto.log.v1.ReceiptsEvicted;
import dev.holdfast.proto.log.v1.StockAdjusted;
import dev.holdfast.proto.log.v1.StockCounted;
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
    return setBody(proto, recorded.event()).build();
  }

  static dev.holdfast.proto.log.v1.Event.Builder setBody(
      dev.holdfast.proto.log.v1.Event.Builder proto, Event event) {
    return switch (event.kind()) {
      case ITEM_CREATED -> proto.setItemCreated(toProto((Event.ItemCreated) event));
      case STOCK_ADJUSTED -> proto.setStockAdjusted(toProto((Event.StockAdjusted) event));
      case STOCK_RESERVED ->
          proto.setStockReserved(ReservationEventCodec.toProto((StockReserved) event));
      case RESERVATION_CONFIRMED ->
          proto.setReservationConfirmed(
              ReservationEventCodec.toProto((ReservationConfirmed) event));
      case RESERVATION_RELEASED ->
          proto.setReservationReleased(ReservationEventCodec.toProto((ReservationReleased) event));
      case RESERVATION_EXTENDED ->
          proto.setReservationExtended(ReservationEventCodec.toProto((ReservationExtended) event));
      case RESERVATION_REPLACED ->
          proto.setReservationReplaced(ReservationEventCodec.toProto((ReservationReplaced) event));
      case RESERVATION_EXPIRED ->
          proto.setReservationExpired(ReservationEventCodec.toProto((ReservationExpired) event));
      case COMMAND_REJECTED -> proto.setCommandRejected(toProto((Event.CommandRejected) event));
      case RECEIPTS_EVICTED -> proto.setReceiptsEvicted(toProto((Event.ReceiptsEvicted) event));
      case STATE_DIGEST_RECORDED ->
          proto.setStateDigestRecorded(StateDigestCodec.toProto((Event.StateDigestRecorded) event));
      case ITEM_TERMS_CHANGED ->
          proto.setItemTermsChanged(TermsEventCodec.toProto((ItemTermsChanged) event));
      case STORE_TERMS_CHANGED ->
          proto.setStoreTermsChanged(TermsEventCodec.toProto((StoreTermsChanged) event));
      case STOCK_COUNTED -> proto.setStockCounted(toProto((Event.StockCounted) event));
      case ORDER_EXECUTED ->
          proto.setOrderExecuted(TermsEventCodec.toProto((Event.OrderExecuted) event));
      case LEASE_GRANTED -> proto.setLeaseGranted(LeaseEventCodec.toProto((LeaseGranted) event));
      case LEASE_RENEWED -> proto.setLeaseRenewed(LeaseEventCodec.toProto((LeaseRenewed) event));
      case LEASE_RELEASED -> proto.setLeaseReleased(LeaseEventCodec.toProto((LeaseReleased) event));
      case TRANSFER_SHIPPED ->
          proto.setTransferShipped(TransferEventCodec.toProto((TransferShipped) event));
      case TRANSFER_HANDED_OVER ->
          proto.setTransferHandedOver(TransferEventCodec.toProto((TransferHandedOver) event));
      case TRANSFER_CANCELLED ->
          proto.setTransferCancelled(TransferEventCodec.toProto((TransferCancelled) event));
      case HANDOVER_SETTLED ->
          proto.setHandoverSettled(TransferEventCodec.toProto((HandoverSettled) event));
      case TRANSFER_CREDITED ->
          proto.setTransferCredited(TransferEventCodec.toProto((TransferCredited) event));
      case TRANSFER_CREDIT_REFUSED ->
          proto.setTransferCreditRefused(TransferEventCodec.toProto((TransferCreditRefused) event));
    };
  }

  private static ItemCreated.Builder toProto(Event.ItemCreated event) {
    ItemCreated.Builder proto =
        ItemCreated.newBuilder()
            .setStore(event.item().store())
            .setSku(event.item().sku())
            .setAfter(LevelCodec.toProto(event.after()));
    StockLevel before = event.before();
    return before == null ? proto : proto.setBefore(LevelCodec.toProto(before));
  }

  private static StockAdjusted.Builder toProto(Event.StockAdjusted event) {
    return StockAdjusted.newBuilder()
        .setStore(event.item().store())
        .setSku(event.item().sku())
        .setDelta(event.delta())
        .setReasonValue(event.reason().number())
        .setAfter(LevelCodec.toProto(event.after()))
        .setShortfall(event.shortfall());
  }

  private static StockCounted.Builder toProto(Event.StockCounted event) {
    return StockCounted.newBuilder()
        .setStore(event.item().store())
        .setSku(event.item().sku())
        .setCounted(event.counted())
        .setCountedMillis(event.countedMillis())
        .setBook(event.book())
        .setAfter(LevelCodec.toProto(event.after()));
  }

  private static CommandRejected.Builder toProto(Event.CommandRejected event) {
    return RejectionCodec.toProto(event.rejection())
        .setCommandValue(event.command().number())
        .setStore(event.store())
        .setReservationId(event.reservationId())
        .setOperation(event.operation());
  }

  private static ReceiptsEvicted.Builder toProto(Event.ReceiptsEvicted event) {
    return ReceiptsEvicted.newBuilder().setThroughSequence(event.throughSequence());
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
        case STATE_DIGEST_RECORDED -> StateDigestCodec.fromProto(proto.getStateDigestRecorded());
        case ITEM_TERMS_CHANGED -> TermsEventCodec.fromProto(proto.getItemTermsChanged());
        case STORE_TERMS_CHANGED -> TermsEventCodec.fromProto(proto.getStoreTermsChanged());
        case STOCK_COUNTED -> fromProto(proto.getStockCounted());
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

  private static Event fromProto(StockCounted proto) {
    return new Event.StockCounted(
        new StockKey(proto.getStore(), proto.getSku()),
        proto.getCounted(),
        proto.getCountedMillis(),
        proto.getBook(),
        LevelCodec.fromProto(proto.getAfter()));
  }

  private static Event fromProto(CommandRejected proto) {
    return new Event.CommandRejected(
        CommandKind.of(proto.getCommandValue()),
        proto.getStore(),
        proto.getReservationId(),
        RejectionCodec.fromProto(proto),
        proto.getOperation());
  }
}
