package dev.holdfast.common.codec;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.LeaseEvent;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.proto.log.v1.LeaseGranted;
import dev.holdfast.proto.log.v1.LeaseReleased;
import dev.holdfast.proto.log.v1.LeaseRenewed;
import dev.holdfast.proto.log.v1.LeasedItem;
import java.util.List;

/** Events of leases between their domain and their persisted form. */
final class LeaseEventCodec {
  private LeaseEventCodec() {}

  static LeaseGranted.Builder toProto(LeaseEvent.LeaseGranted event) {
    LeaseGranted.Builder granted =
        LeaseGranted.newBuilder()
            .setStore(event.item().store())
            .setSku(event.item().sku())
            .setLease(LeaseCodec.toProto(event.lease()));
    for (StockKey item : event.expired()) {
      granted.addExpired(LeasedItem.newBuilder().setStore(item.store()).setSku(item.sku()));
    }
    return granted;
  }

  static LeaseRenewed.Builder toProto(LeaseEvent.LeaseRenewed event) {
    return LeaseRenewed.newBuilder()
        .setStore(event.item().store())
        .setSku(event.item().sku())
        .setLease(LeaseCodec.toProto(event.lease()));
  }

  static LeaseReleased.Builder toProto(LeaseEvent.LeaseReleased event) {
    return LeaseReleased.newBuilder()
        .setStore(event.item().store())
        .setSku(event.item().sku())
        .setToken(event.token());
  }

  static Event fromProto(LeaseGranted proto) {
    List<StockKey> expired =
        proto.getExpiredList().stream()
            .map(item -> new StockKey(item.getStore(), item.getSku()))
            .toList();
    return new LeaseEvent.LeaseGranted(
        new StockKey(proto.getStore(), proto.getSku()),
        LeaseCodec.fromProto(proto.getLease()),
        expired);
  }

  static Event fromProto(LeaseRenewed proto) {
    return new LeaseEvent.LeaseRenewed(
        new StockKey(proto.getStore(), proto.getSku()), LeaseCodec.fromProto(proto.getLease()));
  }

  static Event fromProto(LeaseReleased proto) {
    return new LeaseEvent.LeaseReleased(
        new StockKey(proto.getStore(), proto.getSku()), proto.getToken());
  }
}
