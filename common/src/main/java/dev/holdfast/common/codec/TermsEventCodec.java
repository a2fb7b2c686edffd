package dev.holdfast.common.codec;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.TermsEvent;
import dev.holdfast.proto.log.v1.ItemTermsChanged;
import dev.holdfast.proto.log.v1.OrderExecuted;
import dev.holdfast.proto.log.v1.StockCounted;
import dev.holdfast.proto.log.v1.StoreTermsChanged;
import java.util.ArrayList;
import java.util.List;

/** Events of terms, counts and orders between their domain and their persisted form. */
final class TermsEventCodec {
  private TermsEventCodec() {}

  /** False when the event is of another area. */
  static boolean setBody(dev.holdfast.proto.log.v1.Event.Builder proto, Event event) {
    if (event instanceof Event.OrderExecuted e) {
      proto.setOrderExecuted(toProto(e));
    } else if (event instanceof TermsEvent.ItemTermsChanged e) {
      proto.setItemTermsChanged(
          ItemTermsChanged.newBuilder()
              .setStore(e.item().store())
              .setSku(e.item().sku())
              .setBefore(LevelCodec.toProto(e.before()))
              .setAfter(LevelCodec.toProto(e.after())));
    } else if (event instanceof TermsEvent.StoreTermsChanged e) {
      proto.setStoreTermsChanged(
          StoreTermsChanged.newBuilder()
              .setStore(e.store())
              .setFrozen(e.frozen())
              .setFrozenBefore(e.frozenBefore()));
    } else if (event instanceof Event.StockCounted e) {
      proto.setStockCounted(toProto(e));
    } else {
      return false;
    }
    return true;
  }

  private static StockCounted toProto(Event.StockCounted event) {
    return StockCounted.newBuilder()
        .setStore(event.item().store())
        .setSku(event.item().sku())
        .setCounted(event.counted())
        .setCountedMillis(event.countedMillis())
        .setBook(event.book())
        .setAfter(LevelCodec.toProto(event.after()))
        .build();
  }

  private static OrderExecuted toProto(Event.OrderExecuted event) {
    OrderExecuted.Builder order = OrderExecuted.newBuilder().setStore(event.store());
    for (Event step : event.steps()) {
      EventCodec.setBody(order.addStepsBuilder(), step);
    }
    return order.build();
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

  static Event fromProto(StockCounted proto) {
    return new Event.StockCounted(
        new StockKey(proto.getStore(), proto.getSku()),
        proto.getCounted(),
        proto.getCountedMillis(),
        proto.getBook(),
        LevelCodec.fromProto(proto.getAfter()));
  }

  static Event fromProto(OrderExecuted proto) throws CorruptBatchException {
    List<Event> steps = new ArrayList<>(proto.getStepsCount());
    for (var step : proto.getStepsList()) {
      steps.add(EventCodec.body(step));
    }
    return new Event.OrderExecuted(proto.getStore(), steps);
  }
}
