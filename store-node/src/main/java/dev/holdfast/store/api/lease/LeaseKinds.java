package dev.holdfast.store.api.lease;

import dev.holdfast.common.domain.LeaseEvent;
import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import dev.holdfast.proto.inventory.v1.AcquireLeaseResponse;
import dev.holdfast.proto.inventory.v1.LeaseServiceGrpc;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseRequest;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseResponse;
import dev.holdfast.proto.inventory.v1.RenewLeaseRequest;
import dev.holdfast.proto.inventory.v1.RenewLeaseResponse;
import dev.holdfast.store.api.call.MutationKind;
import java.util.function.ToLongFunction;

/** The mutations of one item's lease. */
public record LeaseKinds(
    MutationKind<AcquireLeaseRequest, LeaseEvent.Held, AcquireLeaseResponse> acquire,
    MutationKind<RenewLeaseRequest, LeaseEvent.Held, RenewLeaseResponse> renew,
    MutationKind<ReleaseLeaseRequest, LeaseEvent.LeaseReleased, ReleaseLeaseResponse> release) {

  /**
   * The rows of a node.
   *
   * @param logMillis the log time of the partition that a store is in
   */
  public static LeaseKinds of(LeaseSettings settings, ToLongFunction<String> logMillis) {
    return new LeaseKinds(
        MutationKind.of(
            LeaseServiceGrpc.getAcquireLeaseMethod(),
            (context, request) -> new LeaseMapper(context, settings).map(request),
            LeaseEvent.Held.class,
            (event, position) -> {
              long left = leftMillis(event, logMillis);
              return AcquireLeaseResponse.newBuilder()
                  .setLease(LeaseAnswers.of(event.item(), event.lease()))
                  .setPosition(position)
                  .setRenewAfterMillis(renewAfterMillis(left, settings))
                  .setLeftMillis(left)
                  .build();
            }),
        MutationKind.of(
            LeaseServiceGrpc.getRenewLeaseMethod(),
            (context, request) -> new LeaseMapper(context, settings).map(request),
            LeaseEvent.Held.class,
            (event, position) -> {
              long left = leftMillis(event, logMillis);
              return RenewLeaseResponse.newBuilder()
                  .setLease(LeaseAnswers.of(event.item(), event.lease()))
                  .setPosition(position)
                  .setRenewAfterMillis(renewAfterMillis(left, settings))
                  .setLeftMillis(left)
                  .build();
            }),
        MutationKind.of(
            LeaseServiceGrpc.getReleaseLeaseMethod(),
            (context, request) -> new LeaseMapper(context, settings).map(request),
            LeaseEvent.LeaseReleased.class,
            (event, position) -> ReleaseLeaseResponse.newBuilder().setPosition(position).build()));
  }

  private static long leftMillis(LeaseEvent.Held event, ToLongFunction<String> logMillis) {
    long now = logMillis.applyAsLong(event.item().store());
    return Math.max(0, event.lease().expiresMillis() - now);
  }

  /** Leases shorter than two renewals are renewed at half time. */
  private static long renewAfterMillis(long leftMillis, LeaseSettings settings) {
    return Math.min(settings.renew().toMillis(), leftMillis / 2);
  }
}
