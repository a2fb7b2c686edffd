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

  /** False when the event is of another area. */
  static boolean setBody(dev.holdfast.proto.log.v1.Event.Builder proto, Event event) {
    if (event instanceof LeaseEvent.LeaseGranted e) {
      proto.setLeaseGranted(toProto(e));
    } else if (event instanceof LeaseEvent.LeaseRenewed e) {
      proto.setLeaseRenewed(
          LeaseRenewed.newBuilder()
              .setStore(e.item().store())
              .setSku(e.item().sku())
              .setLease(LeaseCodec.toProto(e.lease())));
    } else if (event instanceof LeaseEvent.LeaseReleased e) {
      proto.setLeaseReleased(
          LeaseReleased.newBuilder()
              .setStore(e.item().store())
              .setSku(e.item().sku())
              .setToken(e.token()));
    } else {
      return false;
    }
    return true;
  }

  private static LeaseGranted toProto(LeaseEvent.LeaseGranted event) {
    LeaseGranted.Builder granted =
        LeaseGranted.newBuilder()
            .setStore(event.item().store())
            .setSku(event.item().sku())
            .setLease(LeaseCodec.toProto(event.lease()));
    for (StockKey item : event.expired()) {
      granted.addExpired(LeasedItem.newBuilder().setStore(item.store()).setSku(item.sku()));
    }
    return granted.build();
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
