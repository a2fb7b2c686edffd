package dev.holdfast.cli.drill.workload;

import com.google.protobuf.Message;
import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import dev.holdfast.proto.inventory.v1.GetLeaseRequest;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseRequest;
import dev.holdfast.proto.inventory.v1.RenewLeaseRequest;

/** Random requests about leases. */
final class LeaseRequests {
  private final Draw draw;

  LeaseRequests(Draw draw) {
    this.draw = draw;
  }

  Message lease(int dice) {
    String store = draw.store();
    String sku = draw.sku();
    long token = draw.recentToken();
    return switch (dice % 5) {
      case 0, 1 ->
          AcquireLeaseRequest.newBuilder()
              .setStore(store)
              .setSku(sku)
              .setHolder("holder-" + draw.below(3))
              .setTtlMillis(draw.millis(20))
              .setIdempotencyKey(draw.key())
              .build();
      case 2 ->
          RenewLeaseRequest.newBuilder()
              .setStore(store)
              .setSku(sku)
              .setToken(token)
              .setTtlMillis(draw.millis(20))
              .setIdempotencyKey(draw.key())
              .build();
      case 3 ->
          ReleaseLeaseRequest.newBuilder()
              .setStore(store)
              .setSku(sku)
              .setToken(token)
              .setIdempotencyKey(draw.key())
              .build();
      default -> GetLeaseRequest.newBuilder().setStore(store).setSku(sku).build();
    };
  }
}
