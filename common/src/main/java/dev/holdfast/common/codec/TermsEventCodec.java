package dev.holdfast.common.codec;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.TermsEvent;
import dev.holdfast.proto.log.v1.ItemTermsChanged;
import dev.holdfast.proto.log.v1.OrderExecuted;
import dev.holdfast.proto.log.v1.StoreTermsChanged;
import java.util.ArrayList;
import java.util.List;

/** Events of terms and orders between their domain and their persisted form. */
final class TermsEventCodec {
  private TermsEventCodec() {}

  static ItemTermsChanged.Builder toProto(TermsEvent.ItemTermsChanged event) {
    return ItemTermsChanged.newBuilder()
        .setStore(event.item().store())
        .setSku(event.item().sku())
        .setBefore(LevelCodec.toProto(event.before()))
        .setAfter(LevelCodec.toProto(event.after()));
  }

  static StoreTermsChanged.Builder toProto(TermsEvent.StoreTermsChanged event) {
    return StoreTermsChanged.newBuilder()
        .setStore(event.store())
        .setFrozen(event.frozen())
        .setFrozenBefore(event.frozenBefore());
  }

  static OrderExecuted.Builder toProto(Event.OrderExecuted event) {
    OrderExecuted.Builder order = OrderExecuted.newBuilder().setStore(event.store());
    for (Event step : event.steps()) {
      EventCodec.setBody(order.addStepsBuilder(), step);
    }
    return order;
  }

  static Event fromProto(ItemTermsChanged proto) {
    return new TermsEvent.ItemTermsChanged(
        new StockKey(proto.getStore(), proto.getSku()),
        LevelCodec.fromProto(proto.getBefore()),
        LevelCodec.fromProto(proto.getAfter()));
  }

  static Event fromProto(StoreTermsChanged proto) {
    return new TermsEvent.StoreTermsChanged(
        proto.getStore(), proto.getFrozenBefore(), proto.getFrozen());
  }

  static Event fromProto(OrderExecuted proto) throws CorruptBatchException {
    List<Event> steps = new ArrayList<>(proto.getStepsCount());
    for (var step : proto.getStepsList()) {
      steps.add(EventCodec.body(step));
    }
    return new Event.OrderExecuted(proto.getStore(), steps);
  }
}
