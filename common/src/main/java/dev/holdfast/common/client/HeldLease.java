package dev.holdfast.common.client;

import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import dev.holdfast.proto.inventory.v1.AcquireLeaseResponse;
import dev.holdfast.proto.inventory.v1.Lease;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseRequest;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseResponse;
import dev.holdfast.proto.inventory.v1.RenewLeaseRequest;
import dev.holdfast.proto.inventory.v1.RenewLeaseResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A lease that is renewed by itself. Whoever holds it puts its token into every change of the item:
 * the store nodes then see to it that a lost lease changes nothing, whenever the holder learns of
 * it. Any thread.
 */
public final class HeldLease implements AutoCloseable {
  private final LeaseClient client;
  private final ScheduledExecutorService timer;
  private final AcquireLeaseRequest asked;
  private final CompletableFuture<Void> lost = new CompletableFuture<>();
  private volatile Lease lease;
  private volatile boolean closed;

  HeldLease(
      LeaseClient client,
      ScheduledExecutorService timer,
      AcquireLeaseResponse granted,
      AcquireLeaseRequest asked) {
    this.client = client;
    this.timer = timer;
    this.asked = asked;
    this.lease = granted.getLease();
    later(granted.getRenewAfterMillis());
  }

  /** As it was last heard of. */
  public Lease lease() {
    return lease;
  }

  /** For the `fencing_tokens` of changes. */
  public long token() {
    return lease.getToken();
  }

  /** Completes with the reason as an exception when a renewal was refused or got no answer. */
  public CompletableFuture<Void> lost() {
    return lost;
  }

  private void later(long millis) {
    try {
      var unused = timer.schedule(this::renew, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException clientIsClosed) {
      lost.completeExceptionally(clientIsClosed);
    }
  }

  private void renew() {
    if (closed) {
      return;
    }
    RenewLeaseRequest.Builder request =
        RenewLeaseRequest.newBuilder()
            .setStore(asked.getStore())
            .setSku(asked.getSku())
            .setToken(token());
    if (asked.hasTtlMillis()) {
      request.setTtlMillis(asked.getTtlMillis());
    }
    var unused = client.renew(request.build()).whenComplete(this::renewed);
  }

  private void renewed(@Nullable RenewLeaseResponse renewed, @Nullable Throwable failure) {
    if (renewed == null) {
      lost.completeExceptionally(
          failure == null ? new IllegalStateException("neither answer nor failure") : failure);
      return;
    }
    lease = renewed.getLease();
    later(renewed.getRenewAfterMillis());
  }

  /** Gives it back; fails when it was lost before. */
  public CompletableFuture<ReleaseLeaseResponse> release() {
    closed = true;
    return client.release(
        ReleaseLeaseRequest.newBuilder()
            .setStore(asked.getStore())
            .setSku(asked.getSku())
            .setToken(token())
            .build());
  }

  /** Gives it back, without waiting for the answer: it ends by itself in any case. */
  @Override
  public void close() {
    if (!closed) {
      var unused = release();
    }
  }
}
