package dev.holdfast.common.client;

import dev.holdfast.common.client.Calls.Sent;
import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import dev.holdfast.proto.inventory.v1.AcquireLeaseResponse;
import dev.holdfast.proto.inventory.v1.GetLeaseRequest;
import dev.holdfast.proto.inventory.v1.GetLeaseResponse;
import dev.holdfast.proto.inventory.v1.LeaseServiceGrpc;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseRequest;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseResponse;
import dev.holdfast.proto.inventory.v1.RenewLeaseRequest;
import dev.holdfast.proto.inventory.v1.RenewLeaseResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Leases on items. Made by {@link HoldfastClient#leases()}. While somebody else holds a lease, the
 * client asks again until the budget of the call is used up.
 */
public final class LeaseClient {
  private final Calls calls;
  private final IdempotencyKeys keys;

  LeaseClient(Calls calls, IdempotencyKeys keys) {
    this.calls = calls;
    this.keys = keys;
  }

  public CompletableFuture<AcquireLeaseResponse> acquire(AcquireLeaseRequest request) {
    return calls.mutate(LeaseServiceGrpc.getAcquireLeaseMethod(), request, keys);
  }

  public CompletableFuture<RenewLeaseResponse> renew(RenewLeaseRequest request) {
    return calls.mutate(LeaseServiceGrpc.getRenewLeaseMethod(), request, keys);
  }

  public CompletableFuture<ReleaseLeaseResponse> release(ReleaseLeaseRequest request) {
    return calls.mutate(LeaseServiceGrpc.getReleaseLeaseMethod(), request, keys);
  }

  public CompletableFuture<GetLeaseResponse> get(GetLeaseRequest request) {
    return calls.read(LeaseServiceGrpc.getGetLeaseMethod(), request.getStore(), request);
  }

  /** Acquires a lease and renews it by itself, as often as the node says, until it is closed. */
  public CompletableFuture<HeldLease> hold(AcquireLeaseRequest request) {
    AcquireLeaseRequest keyed = RequestFields.keyed(request, keys);
    return calls
        .startSent(
            Operation.mutation(LeaseServiceGrpc.getAcquireLeaseMethod()), request.getStore(), keyed)
        .thenApply(granted -> HeldLease.start(this, granted, request));
  }

  /** Renews a lease; gives up after a time. */
  CompletableFuture<Sent<RenewLeaseResponse>> renewWithin(
      Duration budget, RenewLeaseRequest request) {
    return calls
        .within(budget)
        .startSent(
            Operation.mutation(LeaseServiceGrpc.getRenewLeaseMethod()),
            request.getStore(),
            request.toBuilder().setIdempotencyKey(keys.next()).build());
  }

  ScheduledExecutorService timer() {
    return calls.timer();
  }
}
