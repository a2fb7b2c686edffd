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
 * Leases on items. Made by {@link HoldfastClient#leases()}. A lease that somebody else holds is
 * asked for again while the client's time for a call lasts.
 */
public final class LeaseClient {
  private static final Operation<AcquireLeaseRequest, AcquireLeaseResponse> ACQUIRE =
      new Operation<>(
          LeaseServiceGrpc.getAcquireLeaseMethod(), AcquireLeaseRequest::getIdempotencyKey);
  private static final Operation<RenewLeaseRequest, RenewLeaseResponse> RENEW =
      new Operation<>(LeaseServiceGrpc.getRenewLeaseMethod(), RenewLeaseRequest::getIdempotencyKey);
  private static final Operation<ReleaseLeaseRequest, ReleaseLeaseResponse> RELEASE =
      new Operation<>(
          LeaseServiceGrpc.getReleaseLeaseMethod(), ReleaseLeaseRequest::getIdempotencyKey);
  private static final Operation<GetLeaseRequest, GetLeaseResponse> GET =
      new Operation<>(LeaseServiceGrpc.getGetLeaseMethod(), null);

  private final Calls calls;
  private final IdempotencyKeys keys;

  LeaseClient(Calls calls, IdempotencyKeys keys) {
    this.calls = calls;
    this.keys = keys;
  }

  public CompletableFuture<AcquireLeaseResponse> acquire(AcquireLeaseRequest request) {
    String key = keys.orNext(request.getIdempotencyKey());
    return calls.start(
        ACQUIRE, request.getStore(), request.toBuilder().setIdempotencyKey(key).build());
  }

  public CompletableFuture<RenewLeaseResponse> renew(RenewLeaseRequest request) {
    String key = keys.orNext(request.getIdempotencyKey());
    return calls.start(
        RENEW, request.getStore(), request.toBuilder().setIdempotencyKey(key).build());
  }

  public CompletableFuture<ReleaseLeaseResponse> release(ReleaseLeaseRequest request) {
    String key = keys.orNext(request.getIdempotencyKey());
    return calls.start(
        RELEASE, request.getStore(), request.toBuilder().setIdempotencyKey(key).build());
  }

  public CompletableFuture<GetLeaseResponse> get(GetLeaseRequest request) {
    return calls.start(GET, request.getStore(), request);
  }

  /** Acquires a lease and renews it by itself, as often as the node says, until it is closed. */
  public CompletableFuture<HeldLease> hold(AcquireLeaseRequest request) {
    AcquireLeaseRequest keyed =
        request.toBuilder().setIdempotencyKey(keys.orNext(request.getIdempotencyKey())).build();
    return calls
        .startSent(ACQUIRE, request.getStore(), keyed)
        .thenApply(granted -> HeldLease.start(this, granted, request));
  }

  /** A renewal that is of use for so long only. */
  CompletableFuture<Sent<RenewLeaseResponse>> renewWithin(
      Duration budget, RenewLeaseRequest request) {
    return calls
        .within(budget)
        .startSent(
            RENEW, request.getStore(), request.toBuilder().setIdempotencyKey(keys.next()).build());
  }

  ScheduledExecutorService timer() {
    return calls.timer();
  }
}
